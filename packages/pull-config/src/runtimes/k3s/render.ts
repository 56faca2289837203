import { reportCredentials } from '../host-credentials.ts';
import { type HostPlan, planHosts, type Region, type Want } from '../host-plan.ts';
import { certificateFiles } from '../node-files.ts';
import { rancherCertificates, registriesYamlPath } from '../node-paths.ts';
import { pathBefore } from '../placement.ts';
import type { RenderInput, RuntimeRenderer } from '../renderer.ts';
import { type Placement, type RoutedHost, type RoutingRules, routeHost } from '../routes.ts';
import { unverifiedHosts } from '../unverified.ts';
import { endpointUrl } from '../urls.ts';
import { isInsecureSource, reportHost, type SourceVerdicts } from '../verdicts.ts';
import { writeRegistriesYaml } from './registries-yaml-write.ts';
import { endpointPrefix, planRewrites, type RewritePlan, rewriteLines } from './rewrites.ts';
import { type HostSettings, settingsByHost } from './settings.ts';

/**
 * `registries.yaml` of k3s and rke2. A mirror may rename the repositories of its source by a rewrite. The source is asked
 * last unless the nodes run with `--disable-default-registry-endpoint`, which no file of this format can say.
 */
export const renderK3s: RuntimeRenderer = (input) => {
  const runtime = input.runtime === 'rke2' ? 'rke2' : 'k3s';
  const rewrites = new Map(planHosts(input.resolver).map((plan) => [plan, planRewrites(plan)]));
  const settings = settingsByHost([...rewrites.keys()], input.options, runtime);
  const unverified = unverifiedHosts([...rewrites.keys()]);
  const hosts = [...rewrites].map(([plan, own]) => routeHost(plan, routingRules(input, own, settings, unverified)));
  const closed = new Set(hosts.filter((host) => host.closed).map(({ plan }) => plan.host));
  const text = writeRegistriesYaml({
    mirrors: new Map(hosts.filter((host) => endpointsOf(host).length > 0).map((host) => mirrorsOf(host, rewrites))),
    configs: new Map([...settings].filter(([host]) => !closed.has(host)).map(([host, { content }]) => [host, content])),
  });
  return {
    files: [
      { path: registriesYamlPath(runtime), mode: 0o600, contents: text },
      ...certificateFiles(input.options.certificates ?? [], rancherCertificates(runtime)),
    ],
    report: [
      ...hosts.flatMap((host) => reportHost(host, sourceVerdicts)),
      ...reportCredentials(input.options.credentials ?? []),
    ],
  };
};

function routingRules(
  { refusal, options }: RenderInput,
  rewrites: RewritePlan,
  settings: ReadonlyMap<string, HostSettings>,
  unverified: ReadonlySet<string>,
): RoutingRules {
  return {
    refusal,
    place: (region, want) => place(region, want, rewrites),
    digestOnly: false,
    unverified,
    // The flag leaves out a registry that has settings of its own (k3s `getHostConfigs`), and a mirror needs its own.
    closes: ({ host }, routes) =>
      options.disableDefaultEndpoint === true && routes > 0 && !settings.get(host)?.ofMirror,
  };
}

function place(region: Region, want: Want, rewrites: RewritePlan): Placement {
  const own = isDefaultEndpoint(region, want);
  if (!own && rewrites.conflicts.has(region)) return { dropped: conflict };
  const prefix = own ? pathBefore(want.path, region.path) : endpointPrefix(want, region, rewrites);
  return prefix === undefined ? { dropped: shared } : { prefix };
}

const conflict =
  'no rewrite leads there: one of the path around it applies already, or the name would be too short for k3s';
const shared = 'the mirrors of one path share one rewrite, and it does not lead to this one';

/** Rewrites are not applied where the endpoint is the registry itself. */
function isDefaultEndpoint({ host }: Region, want: Want): boolean {
  return want.host === host && host !== 'docker.io';
}

const sourceVerdicts: SourceVerdicts = {
  closedBy: 'the nodes run with --disable-default-registry-endpoint, so a registry with mirrors is never asked itself',
  cannotClose:
    'registries.yaml cannot forbid it; --disable-default-registry-endpoint on every node would, where the registry has mirrors and no settings',
};

function mirrorsOf(host: RoutedHost, rewrites: ReadonlyMap<HostPlan, RewritePlan>) {
  const plan = rewrites.get(host.plan);
  return [host.plan.host, { endpoints: endpointsOf(host), rewrites: plan ? rewriteLines(plan) : new Map() }] as const;
}

/**
 * Insecure means no verification and plain HTTP after TLS (containers/image). An endpoint has one scheme, so there are two;
 * the source, which comes last over TLS by itself, gets both in front of that.
 */
function endpointsOf({ plan, routes, closed }: RoutedHost): string[] {
  const source = isInsecureSource(plan) && !closed ? [{ host: plan.host, prefix: '', insecure: true }] : [];
  const urls = [...routes, ...source].flatMap(({ host, prefix, insecure }) =>
    (insecure ? (['https', 'http'] as const) : (['https'] as const)).map((scheme) => endpointUrl(scheme, host, prefix)),
  );
  return [...new Set(urls)];
}
