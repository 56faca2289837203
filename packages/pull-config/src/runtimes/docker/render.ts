import { goJsonIndented } from '../../formats/go-json.ts';
import { planHosts } from '../host-plan.ts';
import { certificateFiles } from '../node-files.ts';
import { dockerCertificates, dockerConfig } from '../node-paths.ts';
import type { RenderInput, RuntimeRenderer } from '../renderer.ts';
import { type Placement, type RoutedHost, type RoutingRules, routeHost } from '../routes.ts';
import { endpointUrl } from '../urls.ts';
import { isInsecureSource, reportHost, type SourceVerdicts } from '../verdicts.ts';

/**
 * `daemon.json` of Docker Engine: mirrors of Docker Hub without a path, for all of it, and registries without TLS
 * verification. The key `registry-mirrors` refuses a path, and the Hub itself is always asked last.
 */
export const renderDocker: RuntimeRenderer = (input) => {
  const hosts = planHosts(input.resolver).map((plan) => routeHost(plan, routingRules(input)));
  const mirrors = hosts.flatMap(({ routes }) => routes).map(({ host }) => endpointUrl('https', host, ''));
  const insecure = insecureHosts(hosts);
  const settings = {
    ...(insecure.length > 0 ? { 'insecure-registries': insecure } : {}),
    ...(mirrors.length > 0 ? { 'registry-mirrors': mirrors } : {}),
  };
  return {
    files: [
      { path: dockerConfig, mode: 0o644, contents: `${goJsonIndented(settings)}\n` },
      ...certificateFiles(input.options.certificates ?? [], dockerCertificates),
    ],
    report: hosts.flatMap((host) => reportHost(host, sourceVerdicts)),
  };
};

function routingRules({ refusal }: RenderInput): RoutingRules {
  return {
    refusal,
    place: placeOnHub,
    digestOnly: false,
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

/** Docker asks these by TLS without verification, then by plain HTTP; a mirror has its scheme in its URL, so TLS only. */
function insecureHosts(hosts: readonly RoutedHost[]): string[] {
  const sources = hosts.filter(({ plan }) => isInsecureSource(plan)).map(({ plan }) => plan.host);
  const mirrors = hosts.flatMap(({ routes }) => routes.filter(({ insecure }) => insecure).map(({ host }) => host));
  return [...new Set([...sources, ...mirrors])].sort();
}
