import type { Dialect, Mirror, RegistriesConf, RegistryEntry } from '../model.ts';
import { compareBytes } from './go-order.ts';
import { tomlKey, tomlString, tomlStrings } from './toml-text.ts';

/**
 * A registries.conf in the text of one release: 2-space indent, scalars first, then one `[[registry]]` per entry, then
 * `[aliases]`. Byte for byte what machine-config-operator writes (BurntSushi/toml on containers/image
 * `V2RegistriesConf`). The dialects differ in the head lines only; what an entry may hold is decided when it is compiled.
 */
export function writeRegistriesConf(conf: RegistriesConf, dialect: Dialect): string {
  let text = headText(conf, dialect);
  for (const entry of conf.registries) text += entryText(entry);
  return text + aliasText(conf.aliases);
}

function headText(conf: RegistriesConf, dialect: Dialect): string {
  let text = '';
  if (conf.searchRegistries) text += `unqualified-search-registries = ${tomlStrings(conf.searchRegistries)}\n`;
  if (conf.credentialHelpers.length > 0) text += `credential-helpers = ${tomlStrings(conf.credentialHelpers)}\n`;
  text += `short-name-mode = ${tomlString(conf.shortNameMode)}\n`;
  // The field is younger than the vendored library of releases before 4.19.
  if (dialect !== '4.19') return text;
  return `${text}additional-layer-store-auth-helper = ${tomlString(conf.additionalLayerStoreAuthHelper)}\n`;
}

function entryText(entry: RegistryEntry): string {
  let text = `\n[[registry]]\n  prefix = ${tomlString(entry.prefix)}\n`;
  if (entry.location !== '') text += `  location = ${tomlString(entry.location)}\n`;
  if (entry.insecure) text += '  insecure = true\n';
  if (entry.blocked) text += '  blocked = true\n';
  if (entry.mirrorByDigestOnly) text += '  mirror-by-digest-only = true\n';
  for (const mirror of entry.mirrors) text += mirrorText(mirror);
  return text;
}

function mirrorText(mirror: Mirror): string {
  let text = '\n  [[registry.mirror]]\n';
  if (mirror.location !== '') text += `    location = ${tomlString(mirror.location)}\n`;
  if (mirror.insecure) text += '    insecure = true\n';
  if (mirror.pullFromMirror !== '') text += `    pull-from-mirror = ${tomlString(mirror.pullFromMirror)}\n`;
  return text;
}

function aliasText(aliases: Readonly<Record<string, string>>): string {
  const names = Object.keys(aliases).sort(compareBytes);
  const lines = names.map((name) => `  ${tomlKey(name)} = ${tomlString(aliases[name] ?? '')}\n`);
  return names.length === 0 ? '' : `\n[aliases]\n${lines.join('')}`;
}
