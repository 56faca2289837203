import type { HostPlan } from './host-plan.ts';
import { isInsecureSource } from './verdicts.ts';

/** Hosts that some rule calls insecure, as a mirror or as a source: all that a runtime can say whose TLS is per host. */
export function unverifiedHosts(plans: readonly HostPlan[]): ReadonlySet<string> {
  const mirrors = plans.flatMap(({ regions }) => regions.flatMap(({ wants }) => wants));
  return new Set([
    ...mirrors.filter(({ insecure }) => insecure).map(({ host }) => host),
    ...plans.filter(isInsecureSource).map(({ host }) => host),
  ]);
}
