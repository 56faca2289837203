import { goYaml } from '../../formats/go-yaml.ts';
import { hostCredentials, reportCredentials } from '../host-credentials.ts';
import { byBytes, planHosts } from '../host-plan.ts';
import { talosPatch } from '../node-paths.ts';
import { placeSamePath } from '../placement.ts';
import type { RenderInput, RuntimeRenderer } from '../renderer.ts';
import { mustClose, type Route, type RoutedHost, type RoutingRules, routeHost } from '../routes.ts';
import { unverifiedHosts } from '../unverified.ts';
import { apiHost, endpointUrl } from '../urls.ts';
import { isInsecureSource, reportHost, type SourceVerdicts } from '../verdicts.ts';

/**
 * Machine configuration documents of Talos 1.12 and later: a RegistryMirrorConfig per registry, RegistryTLSConfig and
 * RegistryAuthConfig per host. Talos turns them into hosts.toml of containerd, without its choice of pulls per mirror.
 */
export const renderTalos: RuntimeRenderer = (input) => {
  const plans = planHosts(input.resolver);
  const unverified = unverifiedHosts(plans);
  const hosts = plans.map((plan) => routeHost(plan, routingRules(input, unverified)));
  const { certificates = [], credentials = [] } = input.options;
  const documents = [
    ...hosts.filter((host) => placesOf(host).length > 0).map(mirrorDocument),
    ...tlsDocuments(unverified, new Map(certificates.map(({ host, pem }) => [host, pem]))),
    ...[...hostCredentials(credentials)]
      .sort(([a], [b]) => byBytes(a, b))
      .map(([host, auth]) => authDocument(host, auth)),
  ];
  return {
    files: [{ path: talosPatch, mode: 0o600, contents: documents.map(goYaml).join('---\n') }],
    report: [...hosts.flatMap((host) => reportHost(host, sourceVerdicts)), ...reportCredentials(credentials)],
  };
};

function routingRules({ refusal }: RenderInput, unverified: ReadonlySet<string>): RoutingRules {
  return {
    refusal,
    place: placeSamePath,
    digestOnly: false,
    unverified,
    closes: (plan, routes) => mustClose(plan) && routes > 0,
  };
}

const sourceVerdicts: SourceVerdicts = {
  closedBy: 'skipFallback leaves the registry itself out',
  cannotClose: 'skipFallback is per registry and needs a mirror to ask instead',
};

function mirrorDocument(host: RoutedHost): unknown {
  const { plan, closed } = host;
  return {
    apiVersion: 'v1alpha1',
    kind: 'RegistryMirrorConfig',
    name: plan.host,
    endpoints: placesOf(host).flatMap(endpointsOf),
    skipFallback: closed || undefined,
  };
}

/** The mirrors, and an insecure source, which by itself is asked over TLS alone. */
function placesOf({ plan, routes, closed }: RoutedHost): readonly Pick<Route, 'host' | 'prefix' | 'insecure'>[] {
  const source = isInsecureSource(plan) && !closed ? [{ host: plan.host, prefix: '', insecure: true }] : [];
  return [...routes, ...source];
}

/** An endpoint has one scheme: what is insecure is asked by TLS, and by plain HTTP after it. */
function endpointsOf({ host, prefix, insecure }: Pick<Route, 'host' | 'prefix' | 'insecure'>): unknown[] {
  const schemes = insecure ? (['https', 'http'] as const) : (['https'] as const);
  return schemes.map((scheme) => ({
    url: endpointUrl(scheme, host, prefix),
    overridePath: prefix !== '' || undefined,
  }));
}

function tlsDocuments(insecure: ReadonlySet<string>, bundles: ReadonlyMap<string, string>): unknown[] {
  return [...new Set([...bundles.keys(), ...insecure])].sort(byBytes).map((host) => ({
    apiVersion: 'v1alpha1',
    kind: 'RegistryTLSConfig',
    name: apiHost(host),
    ca: bundles.get(host),
    insecureSkipVerify: insecure.has(host) || undefined,
  }));
}

function authDocument(host: string, auth: string): unknown {
  return { apiVersion: 'v1alpha1', kind: 'RegistryAuthConfig', name: apiHost(host), auth };
}
