import { hostCredentials } from '../host-credentials.ts';
import type { HostPlan } from '../host-plan.ts';
import type { RuntimeOptions } from '../model.ts';
import { certificatePath, rancherCertificates } from '../node-paths.ts';
import { unverifiedHosts } from '../unverified.ts';
import type { RegistrySettings } from './registries-yaml-write.ts';

/** One entry of `configs`, and whether the host is the mirror of another. */
export interface HostSettings {
  readonly content: RegistrySettings;
  readonly ofMirror: boolean;
}

/** The entries of `configs`: every host with credentials, with a CA bundle, or asked without verification. */
export function settingsByHost(
  plans: readonly HostPlan[],
  { credentials = [], certificates = [] }: RuntimeOptions,
  runtime: 'k3s' | 'rke2',
): ReadonlyMap<string, HostSettings> {
  const auths = hostCredentials(credentials);
  const certified = new Set(certificates.map(({ host }) => host));
  const mirrors = plans.flatMap(({ regions }) => regions.flatMap(({ wants }) => wants));
  const insecure = unverifiedHosts(plans);
  const mirrorHosts = new Set(mirrors.map(({ host }) => host));
  const settingsOf = (host: string): HostSettings => ({
    ofMirror: mirrorHosts.has(host),
    content: {
      auth: auths.get(host),
      caFile: certified.has(host) ? certificatePath(rancherCertificates(runtime), host) : undefined,
      skipVerify: insecure.has(host),
    },
  });
  return new Map([...auths.keys(), ...certified, ...insecure].map((host) => [host, settingsOf(host)]));
}
