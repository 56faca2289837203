import type { NodeFile } from '../../model.ts';
import { anyHost, planHosts } from '../host-plan.ts';
import { certificateFiles } from '../node-files.ts';
import { certificatePath, containerdRoot } from '../node-paths.ts';
import { placeSamePath } from '../placement.ts';
import type { RenderInput, RuntimeRenderer } from '../renderer.ts';
import { mustClose, type Route, type RoutedHost, type RoutingRules, routeHost } from '../routes.ts';
import { endpointUrl } from '../urls.ts';
import { isInsecureSource, reportHost, type SourceVerdicts } from '../verdicts.ts';
import { type HostsTomlHost, writeHostsToml } from './hosts-toml-write.ts';

/**
 * `certs.d/<host>/hosts.toml` for every registry with rules and `_default` for `*.domain` (containerd docs/hosts.md). What
 * must not be contacted becomes a server that may neither pull nor resolve: containerd then never asks it.
 */
export const renderContainerd: RuntimeRenderer = (input) => {
  const certificates = input.options.certificates ?? [];
  const certified = new Set(certificates.map(({ host }) => host));
  const hosts = planHosts(input.resolver, [...certified]).map((plan) => routeHost(plan, routingRules(input)));
  return {
    files: [
      ...hosts.filter((host) => needsFile(host, certified)).map((host) => hostsFile(host, certified)),
      ...certificateFiles(certificates, containerdRoot),
    ],
    report: hosts.flatMap((host) => reportHost(host, sourceVerdicts)),
  };
};

function routingRules({ refusal }: RenderInput): RoutingRules {
  return {
    refusal,
    place: placeSamePath,
    digestOnly: true,
    // The default of all other hosts has no server of its own to close, but its mirrors can take that place.
    closes: (plan, routes) => mustClose(plan) && (plan.host !== anyHost || routes > 0),
  };
}

const sourceVerdicts: SourceVerdicts = {
  closedBy: 'the server of hosts.toml may neither pull nor resolve, so it is never asked',
  cannotClose: 'hosts.toml is per registry, and closing this part would close all of it',
};

/** A directory without hosts.toml would be read for certificates only, so a certified host needs one too. */
function needsFile({ plan, routes, closed }: RoutedHost, certified: ReadonlySet<string>): boolean {
  return routes.length > 0 || closed || isInsecureSource(plan) || certified.has(plan.host);
}

function hostsFile(host: RoutedHost, certified: ReadonlySet<string>): NodeFile {
  const directory = host.plan.host === anyHost ? '_default' : host.plan.host;
  return {
    path: `${containerdRoot}/${directory}/hosts.toml`,
    mode: 0o644,
    contents: writeHostsToml({
      server: serverOf(host, certified),
      hosts: host.routes.map((route) => hostOf(route, certified)),
    }),
  };
}

function serverOf({ plan, routes, closed }: RoutedHost, certified: ReadonlySet<string>): HostsTomlHost | undefined {
  const [first] = routes;
  const host = plan.host === anyHost ? (closed ? first?.host : undefined) : plan.host;
  if (host === undefined) return undefined;
  const server = hostOf({ host, prefix: '', insecure: isInsecureSource(plan), tags: true }, certified);
  return closed ? { ...server, capabilities: ['push'], note: closedNote } : { ...server, capabilities: undefined };
}

const closedNote = 'Not contacted for pulls: push is all that the server may do.';

/**
 * containerd tries https before http where TLS is configured for an http URL, which is what insecure means to
 * containers/image: certificates are not verified, and plain HTTP comes after TLS.
 */
function hostOf({ host, prefix, insecure, tags }: Route, certified: ReadonlySet<string>): HostsTomlHost {
  return {
    url: endpointUrl(insecure ? 'http' : 'https', host, prefix),
    capabilities: tags ? ['pull', 'resolve'] : ['pull'],
    overridePath: prefix !== '',
    ca: certified.has(host) ? certificatePath(containerdRoot, host) : undefined,
    skipVerify: insecure,
  };
}
