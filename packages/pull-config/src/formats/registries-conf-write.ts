import type { Dialect, Mirror, RegistriesConf, RegistryEntry } from '../model.ts';
import { compareBytes } from './go-order.ts';
import { tomlKey, tomlString, tomlStrings } from './toml-text.ts';

/**
 * A registries.conf in the text of one release: 2-space indent, scalars first, then one `[[registry]]` per entry, then
 * `[aliases]`. Byte for byte what machine-config-operator writes (BurntSushi/toml on containers/image
 * `V2RegistriesConf`). The dialects differ in the head lines only; what an entry may hold is decided when it is compiled.
 */
export function writeRegistriesConf(conf: RegistriesConf, dialect: Dialect): string {
  // Pieces joined once: text that grows by "+=" stays a tree of small strings, which the garbage collector copies.
  const pieces = [headText(conf, dialect)];
  for (const entry of conf.registries) addEntry(pieces, entry);
  pieces.push(aliasText(conf.aliases));
  return pieces.join('');
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

function addEntry(pieces: string[], entry: RegistryEntry): void {
  pieces.push('\n[[registry]]\n  prefix = ', tomlString(entry.prefix), '\n');
  if (entry.location !== '') pieces.push('  location = ', tomlString(entry.location), '\n');
  if (entry.insecure) pieces.push('  insecure = true\n');
  if (entry.blocked) pieces.push('  blocked = true\n');
  if (entry.mirrorByDigestOnly) pieces.push('  mirror-by-digest-only = true\n');
  for (const mirror of entry.mirrors) addMirror(pieces, mirror);
}

function addMirror(pieces: string[], mirror: Mirror): void {
  pieces.push('\n  [[registry.mirror]]\n');
  if (mirror.location !== '') pieces.push('    location = ', tomlString(mirror.location), '\n');
  if (mirror.insecure) pieces.push('    insecure = true\n');
  if (mirror.pullFromMirror !== '') pieces.push('    pull-from-mirror = ', tomlString(mirror.pullFromMirror), '\n');
}

function aliasText(aliases: Readonly<Record<string, string>>): string {
  const names = Object.keys(aliases).sort(compareBytes);
  const lines = names.map((name) => `  ${tomlKey(name)} = ${tomlString(aliases[name] ?? '')}\n`);
  return names.length === 0 ? '' : `\n[aliases]\n${lines.join('')}`;
}
