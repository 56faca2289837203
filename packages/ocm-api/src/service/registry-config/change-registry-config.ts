import type { HostedCluster, ImageConfiguration } from '../../hosted-clusters/objects.ts';
import type { RegistryConfig, RegistrySources } from '../../model/registry-config.ts';
import { badRequest } from '../refusal.ts';

/** What a registry configuration makes of a HostedCluster. */
export interface RegistryChange {
  /** The image configuration; null removes members. */
  readonly image: Readonly<Record<string, unknown>>;
  /** Id of the platform allow list where it changes; null removes it. */
  readonly allowlist: string | null | undefined;
  /** Data of the ConfigMap with certificates, where it changes. */
  readonly certificates: Readonly<Record<string, string>> | undefined;
}

/**
 * The changes of a `registry_config`: what is absent stays, what is empty goes. Throws a 400 where both allowed and blocked
 * registries would stand.
 */
export function changeRegistryConfig(cluster: HostedCluster, config: RegistryConfig): RegistryChange {
  const sources = config.registry_sources ?? {};
  checkExclusive(cluster.spec?.configuration?.image ?? {}, sources);
  const { allowed_registries_for_import: imports, additional_trusted_ca: authorities } = config;
  return {
    image: {
      ...(Object.keys(sources).length === 0 ? {} : { registrySources: sourcesPatch(sources) }),
      ...(imports === undefined ? {} : { allowedRegistriesForImport: orNull(imports.map(importEntry)) }),
      ...(authorities === undefined ? {} : { additionalTrustedCA: authorityLink(cluster, authorities) }),
    },
    allowlist: config.platform_allowlist && (config.platform_allowlist.id || null),
    certificates: authorities && fileNames(authorities),
  };
}

/** The ConfigMap that holds certificates of a cluster. */
export function trustedCaName({ metadata }: HostedCluster): string {
  return `${metadata.name}-ocm-trusted-ca`;
}

function checkExclusive({ registrySources: now = {} }: ImageConfiguration, sources: RegistrySources): void {
  const allowed = sources.allowed_registries ?? now.allowedRegistries ?? [];
  const blocked = sources.blocked_registries ?? now.blockedRegistries ?? [];
  if (allowed.length > 0 && blocked.length > 0)
    throw badRequest('allowed registries and blocked registries are mutually exclusive fields');
}

function sourcesPatch(sources: RegistrySources): Readonly<Record<string, unknown>> {
  const names = [
    ['allowedRegistries', sources.allowed_registries],
    ['blockedRegistries', sources.blocked_registries],
    ['insecureRegistries', sources.insecure_registries],
  ] as const;
  return Object.fromEntries(
    names.flatMap(([name, list]) => (list === undefined ? [] : [[name, orNull(list)] as const])),
  );
}

function importEntry({ domain_name, insecure = false }: { domain_name: string; insecure?: boolean }): object {
  return { domainName: domain_name, insecure };
}

function authorityLink(cluster: HostedCluster, authorities: Readonly<Record<string, string>>): object | null {
  return Object.keys(authorities).length === 0 ? null : { name: trustedCaName(cluster) };
}

// A key of a ConfigMap has no colon: two dots stand for the one before a port.
function fileNames(authorities: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(authorities).map(([host, pem]) => [host.replace(':', '..'), pem]));
}

function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
