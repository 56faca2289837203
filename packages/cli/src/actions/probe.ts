import {
  type AuthFile,
  type Explanation,
  findCertificates,
  findCredentials,
  type PullContext,
  withProbes,
} from '@pullpath/pull-config';
import {
  type Credentials,
  type Probe,
  type ProbeOptions,
  type ProbeTarget,
  probeAttempts,
  probeHosts,
  proxyFromEnvironment,
  type TrustOptions,
} from '@pullpath/registry-client';

/** Asks the registries of an explanation as its node would and adds what happened; all within the deadline. */
export async function probe(explanation: Explanation, context: PullContext, seconds: number): Promise<Explanation> {
  const probes = await probeTargets(explanation.attempts, seconds, {
    credentials: (repository) => credentialsOf(context.authFiles, repository),
    trust: (host) => trustOf(context, host),
  });
  return withProbes(explanation, probes);
}

/** HEAD manifest for each target that is tried. */
export function probeTargets(
  targets: readonly ProbeTarget[],
  seconds: number,
  from: { credentials: (repository: string) => Credentials | undefined; trust: (host: string) => TrustOptions },
): Promise<(Probe | undefined)[]> {
  return probeAttempts(targets, { ...from, ...within(seconds) });
}

/** Whether a registry answers at each `host[:port]`, with a certificate that `authorities` (PEM) or the system vouch for. */
export function probeRegistries(
  hosts: readonly string[],
  seconds: number,
  authorities: readonly string[],
): Promise<Probe[]> {
  return probeHosts(hosts, { trust: () => ({ authorities }), ...within(seconds) });
}

function within(seconds: number): Pick<ProbeOptions, 'signal' | 'timeouts' | 'proxy'> {
  const deadline = Math.ceil(seconds * 1000);
  return {
    signal: AbortSignal.timeout(deadline),
    // A connection that is still being made would keep the process alive beyond its last answer.
    timeouts: { connect: deadline },
    proxy: proxyFromEnvironment(process.env),
  };
}

export function credentialsOf(files: readonly AuthFile[], repository: string): Credentials | undefined {
  const found = findCredentials(files, repository);
  return found.kind === 'found' ? found.credentials : undefined;
}

// The bundle that the operating system of a node trusts counts for every host.
const anchors = '/etc/pki/ca-trust/source/anchors/';

function trustOf({ certs }: PullContext, host: string): TrustOptions {
  const { authorities, clients } = findCertificates(certs, host);
  const system = certs.filter(({ path }) => path.startsWith(anchors));
  return {
    authorities: [...authorities, ...system].map(({ contents }) => contents),
    clients: clients.map(({ certificate, key }) => ({ certificate: certificate.contents, key: key.contents })),
  };
}
