/** What a hosted cluster allows of registries (clusters_mgmt v1 `ClusterRegistryConfig`). */
export interface RegistryConfig {
  readonly registry_sources?: RegistrySources;
  readonly allowed_registries_for_import?: readonly ImportRegistry[];
  /** Host to PEM; answers hold `REDACTED` in place of the PEM. */
  readonly additional_trusted_ca?: Readonly<Record<string, string>>;
  readonly platform_allowlist?: { readonly id: string };
}

/** Allowed and blocked exclude each other. */
export interface RegistrySources {
  readonly allowed_registries?: readonly string[];
  readonly blocked_registries?: readonly string[];
  readonly insecure_registries?: readonly string[];
}

export interface ImportRegistry {
  readonly domain_name: string;
  readonly insecure?: boolean;
}
