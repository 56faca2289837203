import type { HostedCluster } from '../../hosted-clusters/objects.ts';
import type { RegistryConfig } from '../../model/registry-config.ts';
import { annotations } from '../annotations.ts';

const redacted = 'REDACTED';

/**
 * The registry configuration of a HostedCluster; undefined where it has none. `trustedCa` is the data of its ConfigMap with
 * certificates: answers tell the hosts and not the certificates, as upstream.
 */
export function registryConfigView(
  { metadata, spec }: HostedCluster,
  trustedCa: Readonly<Record<string, string>> = {},
): RegistryConfig | undefined {
  const { registrySources = {}, allowedRegistriesForImport = [] } = spec?.configuration?.image ?? {};
  const allowlist = metadata.annotations?.[annotations.platformAllowlist];
  return withoutEmpty({
    registry_sources: withoutEmpty({
      allowed_registries: registrySources.allowedRegistries,
      blocked_registries: registrySources.blockedRegistries,
      insecure_registries: registrySources.insecureRegistries,
    }),
    allowed_registries_for_import: allowedRegistriesForImport.map(({ domainName, insecure = false }) => ({
      domain_name: domainName,
      insecure,
    })),
    additional_trusted_ca: Object.fromEntries(Object.keys(trustedCa).map((file) => [hostOf(file), redacted])),
    platform_allowlist: allowlist ? { id: allowlist } : undefined,
  });
}

// Two dots in the key of a ConfigMap stand for the colon before a port.
function hostOf(file: string): string {
  return file.replace('..', ':');
}

type Shown<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that hold something; undefined where none does. */
function withoutEmpty<T extends object>(members: T): Shown<T> | undefined {
  const shown = Object.entries(members).filter(([, value]) => value !== undefined && Object.keys(value).length > 0);
  return shown.length === 0 ? undefined : (Object.fromEntries(shown) as Shown<T>);
}
