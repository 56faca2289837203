import type { Dialect, Mirror, RegistriesConf, RegistryEntry } from '../model.ts';
import { compareBytes } from './go-order.ts';
import { tomlKey, tomlString, tomlStrings } from './toml-text.ts';

/**
 * A registries.conf in the text of one release: 2-space indent, scalars first, then one `[[registry]]` per entry, then
 * `[aliases]`. Byte for byte what machine-config-operator writes (BurntSushi/toml on containers/image
 * `V2RegistriesConf`). The dialects differ in the head lines only; what an entry may hold is decided when it is compiled.
 */
export function writeRegistriesConf(conf: RegistriesConf, dialect: Dialect): string {
  return [...headLines(conf, dialect), ...conf.registries.flatMap(entryLines), ...aliasLines(conf.aliases), ''].join(
    '\n',
  );
}

function headLines(conf: RegistriesConf, dialect: Dialect): string[] {
  const lines: string[] = [];
  if (conf.searchRegistries) lines.push(`unqualified-search-registries = ${tomlStrings(conf.searchRegistries)}`);
  if (conf.credentialHelpers.length > 0) lines.push(`credential-helpers = ${tomlStrings(conf.credentialHelpers)}`);
  lines.push(`short-name-mode = ${tomlString(conf.shortNameMode)}`);
  // The field is younger than the vendored library of releases before 4.19.
  if (dialect === '4.19') {
    lines.push(`additional-layer-store-auth-helper = ${tomlString(conf.additionalLayerStoreAuthHelper)}`);
  }
  return lines;
}

function entryLines(entry: RegistryEntry): string[] {
  const lines = ['', '[[registry]]', `  prefix = ${tomlString(entry.prefix)}`];
  if (entry.location !== '') lines.push(`  location = ${tomlString(entry.location)}`);
  if (entry.insecure) lines.push('  insecure = true');
  if (entry.blocked) lines.push('  blocked = true');
  if (entry.mirrorByDigestOnly) lines.push('  mirror-by-digest-only = true');
  for (const mirror of entry.mirrors) lines.push(...mirrorLines(mirror));
  return lines;
}

function mirrorLines(mirror: Mirror): string[] {
  const lines = ['', '  [[registry.mirror]]', `    location = ${tomlString(mirror.location)}`];
  if (mirror.insecure) lines.push('    insecure = true');
  if (mirror.pullFromMirror !== '') lines.push(`    pull-from-mirror = ${tomlString(mirror.pullFromMirror)}`);
  return lines;
}

function aliasLines(aliases: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(aliases).sort(compareBytes);
  if (names.length === 0) return [];
  return ['', '[aliases]', ...names.map((name) => `  ${tomlKey(name)} = ${tomlString(aliases[name] ?? '')}`)];
}
