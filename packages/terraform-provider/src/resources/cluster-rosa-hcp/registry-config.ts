import { listOf, type RegistryConfig, recordOf, textOf } from '@pullpath/ocm-api/client';
import { equal, isList, isObject, type ObjectValue, textAt, textsOf, type Value } from '../../wire/values.ts';

/** The registry configuration of a request; undefined where the attribute is not set. */
export function registryConfigBody(value: Value | undefined): RegistryConfig | undefined {
  if (!isObject(value)) return undefined;
  const sources = isObject(value['registry_sources']) ? value['registry_sources'] : undefined;
  const imports = isList(value['allowed_registries_for_import']) ? value['allowed_registries_for_import'] : undefined;
  const trusted = isObject(value['additional_trusted_ca']) ? value['additional_trusted_ca'] : undefined;
  const platform = textOf(value['platform_allowlist_id']);
  return {
    ...(sources && { registry_sources: sourcesBody(sources) }),
    ...(imports && { allowed_registries_for_import: imports.filter(isObject).map(importBody) }),
    ...(trusted && { additional_trusted_ca: pemsOf(trusted) }),
    ...(platform === undefined ? {} : { platform_allowlist: { id: platform } }),
  };
}

function sourcesBody(sources: ObjectValue): Record<string, string[]> {
  const lists = Object.entries(sources).flatMap(([name, list]) =>
    isList(list) ? [[name, textsOf(list)] as const] : [],
  );
  return Object.fromEntries(lists);
}

function importBody(entry: ObjectValue): { domain_name: string; insecure: boolean } {
  return { domain_name: textOf(entry['domain_name']) ?? '', insecure: entry['insecure'] === true };
}

function pemsOf(map: ObjectValue): Record<string, string> {
  return Object.fromEntries(Object.keys(map).map((host) => [host, textAt(map, host)]));
}

/**
 * The attribute after a read. What means the same keeps the form of the configuration (null or empty); certificates, which
 * servers do not tell, stay as they are for hosts that still have one.
 */
export function registryConfigRead(before: Value | undefined, answer: unknown): Value {
  const config = recordOf(answer);
  const sources = recordOf(config['registry_sources']);
  const earlier = isObject(before) ? before : {};
  const read = {
    registry_sources: kept(earlier['registry_sources'], {
      allowed_registries: listOrNull(sources['allowed_registries']),
      blocked_registries: listOrNull(sources['blocked_registries']),
      insecure_registries: listOrNull(sources['insecure_registries']),
    }),
    allowed_registries_for_import: kept(earlier['allowed_registries_for_import'], importsOf(config)),
    additional_trusted_ca: kept(earlier['additional_trusted_ca'], trustedOf(earlier['additional_trusted_ca'], config)),
    platform_allowlist_id: platformOf(earlier['platform_allowlist_id'], config),
  };
  return kept(before, read);
}

// Null, empty, and made of nothing else say the same.
function kept(before: Value | undefined, read: Value): Value {
  return equal(meaning(before ?? null), meaning(read)) ? (before ?? null) : read;
}

function meaning(value: Value): Value {
  if (isList(value)) return value.length === 0 ? null : value.map(meaning);
  if (!isObject(value)) return value === false ? null : value;
  const members = Object.entries(value)
    .map(([name, member]) => [name, meaning(member)] as const)
    .filter(([, member]) => member !== null);
  return members.length === 0 ? null : Object.fromEntries(members);
}

function listOrNull(list: unknown): Value {
  return listOf(list).length === 0 ? null : listOf(list).map(String);
}

function importsOf(config: Readonly<Record<string, unknown>>): Value {
  const entries = listOf(config['allowed_registries_for_import']).map(recordOf);
  if (entries.length === 0) return null;
  return entries.map((entry) => ({
    domain_name: textOf(entry['domain_name']) ?? '',
    insecure: entry['insecure'] === true,
  }));
}

function trustedOf(before: Value | undefined, config: Readonly<Record<string, unknown>>): Value {
  const told = recordOf(config['additional_trusted_ca']);
  const earlier = isObject(before) ? before : {};
  const entries = Object.entries(told).map(([host, pem]) => [host, earlier[host] ?? String(pem)] as const);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

// The server has one of its own where the configuration does not name it.
function platformOf(before: Value | undefined, config: Readonly<Record<string, unknown>>): Value {
  if (before === null || before === undefined) return null;
  return textOf(recordOf(config['platform_allowlist'])['id']) ?? null;
}
