import { valueAt } from '@pullpath/api';
import type { ImportRegistry, RegistryConfig } from '../../model/registry-config.ts';
import { badRequest } from '../refusal.ts';

const longest = 255;
const mostItems = 255;

/** Reads `registry_config` of a request; null is as if absent, an empty list empties. Throws a 400. */
export function readRegistryConfig(value: unknown): RegistryConfig {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest("Attribute 'registry_config' must be an object");
  const list = (name: string): readonly string[] | undefined => texts(valueAt(value, ['registry_sources', name]), name);
  const config = {
    registry_sources: given({
      allowed_registries: list('allowed_registries'),
      blocked_registries: list('blocked_registries'),
      insecure_registries: list('insecure_registries'),
    }),
    allowed_registries_for_import: imports(valueAt(value, ['allowed_registries_for_import'])),
    additional_trusted_ca: certificates(valueAt(value, ['additional_trusted_ca'])),
    platform_allowlist: allowlist(valueAt(value, ['platform_allowlist'])),
  };
  return given(config);
}

function texts(value: unknown, name: string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length > mostItems)
    throw badRequest(`Attribute '${name}' must be a list of at most ${mostItems} texts`);
  return value.map((item) => word(item, name));
}

function imports(value: unknown): readonly ImportRegistry[] | undefined {
  const name = 'allowed_registries_for_import';
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length > mostItems) throw badRequest(`Attribute '${name}' must be a list`);
  return value.map((item) => ({
    domain_name: word(valueAt(item, ['domain_name']), `${name}.domain_name`),
    insecure: valueAt(item, ['insecure']) === true,
  }));
}

function certificates(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value))
    throw badRequest("Attribute 'additional_trusted_ca' must map hosts to PEM texts");
  return Object.fromEntries(
    Object.entries(value).map(([host, pem]) => [word(host, 'additional_trusted_ca'), certificate(pem, host)]),
  );
}

function certificate(pem: unknown, host: string): string {
  if (typeof pem === 'string' && pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  throw badRequest(`Attribute 'additional_trusted_ca' has no PEM certificate for '${host}'`);
}

function allowlist(value: unknown): { readonly id: string } | undefined {
  if (value === undefined || value === null) return undefined;
  const id = valueAt(value, ['id']);
  return { id: id === '' ? '' : word(id, 'platform_allowlist.id') };
}

function word(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= longest && !/\s/.test(value)) return value;
  throw badRequest(`Attribute '${name}' must be of texts without blanks, of 1 to ${longest} characters`);
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T>;
}
