import type { InstallConfigCheck } from '@pullpath/pull-config';
import type { InstallConfigProbes } from './install-config-probes.ts';
import { credentialsOf, probeRegistries, probeTargets } from './probe.ts';

/** Asks the registry of every mirror, and each place of the release image, with what the install-config gives nodes. */
export async function probeInstallConfig(check: InstallConfigCheck, seconds: number): Promise<InstallConfigProbes> {
  const authorities = check.trustBundle === undefined ? [] : [check.trustBundle];
  const targets = check.releaseAttempts.map((reference) => ({ reference, insecure: false, outcome: 'tried' as const }));
  const names = check.hosts.map(({ host }) => host);
  const [hosts, release] = await Promise.all([
    probeRegistries(names, seconds, authorities),
    probeTargets(targets, seconds, {
      credentials: (repository) => (check.authFile ? credentialsOf([check.authFile], repository) : undefined),
      trust: () => ({ authorities }),
    }),
  ]);
  return {
    hosts: check.hosts.flatMap((place, index) => (hosts[index] ? [{ ...place, probe: hosts[index] }] : [])),
    release: targets.flatMap(({ reference }, index) => (release[index] ? [{ reference, probe: release[index] }] : [])),
  };
}
