import { goYaml } from './go-yaml.ts';

/**
 * registries.d text that makes nodes look for sigstore signatures as attachments in each of `scopes`
 * (containers/image `registries.d`).
 */
export function writeSigstoreRegistriesD(scopes: readonly string[]): string {
  const docker = new Map(scopes.map((scope) => [scope, { 'use-sigstore-attachments': true }]));
  return goYaml({ docker: Object.fromEntries(docker) });
}
