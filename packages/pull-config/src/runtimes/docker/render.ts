import { goJsonIndented } from '../../formats/go-json.ts';
import { byBytes, planHosts } from '../host-plan.ts';
import { certificateFiles } from '../node-files.ts';
import { dockerCertificates, dockerConfig } from '../node-paths.ts';
import type { RenderInput, RuntimeRenderer } from '../renderer.ts';
import { type Placement, type Route, type RoutedHost, type RoutingRules, routeHost } from '../routes.ts';
import { unverifiedHosts } from '../unverified.ts';
import { endpointUrl } from '../urls.ts';
import { isInsecureSource, reportHost, type SourceVerdicts } from '../verdicts.ts';

/**
 * `daemon.json` of Docker Engine: mirrors of Docker Hub without a path, for all of it, and registries without TLS
 * verification. The key `registry-mirrors` refuses a path, and the Hub itself is always asked last.
 */
export const renderDocker: RuntimeRenderer = (input) => {
  const plans = planHosts(input.resolver);
  const unverified = unverifiedHosts(plans);
  const hosts = plans.map((plan) => routeHost(plan, routingRules(input, unverified)));
  const mirrors = new Set(hosts.flatMap(({ routes }) => routes.flatMap(mirrorUrls)));
  const insecure = insecureHosts(hosts);
  const settings = {
    ...(insecure.length > 0 ? { 'insecure-registries': insecure } : {}),
    ...(mirrors.size > 0 ? { 'registry-mirrors': [...mirrors] } : {}),
  };
  return {
    files: [
      { path: dockerConfig, mode: 0o644, contents: `${goJsonIndented(settings)}\n` },
      ...certificateFiles(input.options.certificates ?? [], dockerCertificates),
    ],
    report: hosts.flatMap((host) => reportHost(host, sourceVerdicts)),
  };
};

function routingRules({ refusal }: RenderInput, unverified: ReadonlySet<string>): RoutingRules {
  return {
    refusal,
    place: placeOnHub,
    digestOnly: false,
    unverified,
    closes: () => false,
  };
}

function placeOnHub({ host, path }: { host: string; path: string }, want: { path: string }): Placement {
  if (host !== 'docker.io') return { dropped: 'Docker Engine has mirrors of Docker Hub only' };
  if (want.path !== path) return { dropped: 'a mirror of Docker Engine keeps the path of the image' };
  return { prefix: '' };
}

const sourceVerdicts: SourceVerdicts = {
  closedBy: '',
  cannotClose: 'Docker Engine always asks the registry itself in the end',
};

/** A mirror is asked by the scheme of its URL alone: what is insecure by TLS, and by plain HTTP after it. */
function mirrorUrls({ host, insecure }: Route): string[] {
  const schemes = insecure ? (['https', 'http'] as const) : (['https'] as const);
  return schemes.map((scheme) => endpointUrl(scheme, host, ''));
}

/** Docker does not verify the certificates of these, and asks those that are sources by plain HTTP after TLS. */
function insecureHosts(hosts: readonly RoutedHost[]): string[] {
  const sources = hosts.filter(({ plan }) => isInsecureSource(plan)).map(({ plan }) => plan.host);
  const mirrors = hosts.flatMap(({ routes }) => routes.filter(({ insecure }) => insecure).map(({ host }) => host));
  return [...new Set([...sources, ...mirrors])].sort(byBytes);
}
