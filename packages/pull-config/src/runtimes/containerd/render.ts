import type { NodeFile } from '../../model.ts';
import { anyHost, planHosts } from '../host-plan.ts';
import { certificateFiles } from '../node-files.ts';
import { certificatePath, containerdRoot } from '../node-paths.ts';
import { placeSamePath } from '../placement.ts';
import type { RenderInput, RuntimeRenderer } from '../renderer.ts';
import { mustClose, type Route, type RoutedHost, type RoutingRules, routeHost } from '../routes.ts';
import { endpointUrl } from '../urls.ts';
import { isInsecureSource, reportHost, type SourceVerdicts } from '../verdicts.ts';
import { distinctUrls } from './distinct-urls.ts';
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
    unverified: new Set(),
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
      hosts: distinctUrls([
        ...host.routes.flatMap((route) => hostsOf(route, certified)),
        ...insecureSource(host, certified),
      ]),
    }),
  };
}

/** An insecure source is asked by TLS without verification first; its plain HTTP is the server. */
function insecureSource({ plan, closed }: RoutedHost, certified: ReadonlySet<string>): HostsTomlHost[] {
  if (closed || !isInsecureSource(plan)) return [];
  return [
    { ...endpoint('https', { host: plan.host, prefix: '', insecure: true, tags: true }, certified), skipVerify: true },
  ];
}

function serverOf({ plan, routes, closed }: RoutedHost, certified: ReadonlySet<string>): HostsTomlHost | undefined {
  const host = plan.host === anyHost ? routes[0]?.host : plan.host;
  if (host === undefined || (plan.host === anyHost && !closed)) return undefined;
  const route = { host, prefix: '', insecure: false, tags: true };
  if (closed) return { ...endpoint('https', route, certified), capabilities: ['push'], note: closedNote };
  return { ...endpoint(isInsecureSource(plan) ? 'http' : 'https', route, certified), capabilities: undefined };
}

const closedNote = 'Not contacted for pulls: push is all that the server may do.';

/**
 * Insecure means no verification and plain HTTP after TLS (containers/image). Old releases take an http URL for plain HTTP
 * alone and new ones try TLS first when it is configured there, so each scheme gets a table that says nothing else.
 */
function hostsOf(route: Route, certified: ReadonlySet<string>): HostsTomlHost[] {
  const secure = endpoint('https', route, certified);
  return route.insecure ? [{ ...secure, skipVerify: true }, endpoint('http', route, certified)] : [secure];
}

function endpoint(
  scheme: 'http' | 'https',
  { host, prefix, tags }: Route,
  certified: ReadonlySet<string>,
): HostsTomlHost {
  return {
    url: endpointUrl(scheme, host, prefix),
    capabilities: tags ? ['pull', 'resolve'] : ['pull'],
    overridePath: prefix !== '',
    ca: scheme === 'https' && certified.has(host) ? certificatePath(containerdRoot, host) : undefined,
    skipVerify: false,
  };
}
