import {
  type Fault,
  fault,
  type ImageReference,
  isDockerHub,
  isRegistry,
  parseNormalizedNamed,
  parseReference,
  quoted,
  type Result,
  success,
  withDefaultTag,
} from '@pullpath/oci';
import type { RegistriesConf } from '../model.ts';
import type { ShortNameMode } from './load-registries-conf.ts';

export type ShortNameErrorCode =
  | 'short-name-input-unparsable'
  | 'short-name-unresolvable'
  | 'short-name-candidate-invalid'
  | 'short-name-enforcing-no-tty';

/** What a name may mean, in the order in which it is tried, and by which rule. */
export interface ResolvedName {
  readonly candidates: readonly ImageReference[];
  readonly by: 'full-name' | 'alias' | 'search-registries';
}

export interface ShortNameOptions {
  /** In place of the mode of the configuration: CRI-O on OpenShift sets `disabled`. */
  readonly mode?: ShortNameMode | undefined;
  /** Aliases that podman recorded for the user (`short-name-aliases.conf`); they come first. */
  readonly userAliases?: Readonly<Record<string, string>> | undefined;
}

/** True for a name without a registry; a text that is no reference is none (containers/image `shortnames` IsShortName). */
export function isShortName(text: string): boolean {
  const parsed = parseReference(text);
  return parsed.ok && !isRegistry(parsed.value.domain);
}

/**
 * The references that `text` may be pulled from when nobody can be asked: a full name is itself, then the alias, then
 * every search registry in order (containers/image `shortnames` Resolve without a terminal). Missing tags become `latest`.
 */
export function resolveShortName(
  conf: RegistriesConf,
  text: string,
  options: ShortNameOptions = {},
): Result<ResolvedName, ShortNameErrorCode> {
  const parsed = parseReference(text);
  if (!parsed.ok) return unparsable(text, parsed);
  if (isRegistry(parsed.value.domain)) return fullName(text, parsed.value);
  const alias = resolveAlias(conf, parsed.value.name, options.userAliases);
  if (alias) return aliased(alias, parsed.value);
  return searched(conf, text, options.mode ?? conf.shortNameMode);
}

/**
 * The value of the alias `name`: empty when one is set to nothing, which hides it from earlier files, undefined when there
 * is none.
 */
export function resolveAlias(
  conf: RegistriesConf,
  name: string,
  userAliases: Readonly<Record<string, string>> = {},
): string | undefined {
  const aliases = [userAliases, conf.aliases].find((table) => Object.hasOwn(table, name));
  return aliases?.[name];
}

// Only names on Docker Hub have a longer normal form.
function fullName(text: string, parsed: ImageReference): Result<ResolvedName, ShortNameErrorCode> {
  if (!isDockerHub(parsed.domain)) return success({ candidates: [withDefaultTag(parsed)], by: 'full-name' });
  const named = parseNormalizedNamed(text);
  if (!named.ok) return unparsable(text, named);
  return success({ candidates: [withDefaultTag(named.value)], by: 'full-name' });
}

function aliased(alias: string, { tag, digest }: ImageReference): Result<ResolvedName, ShortNameErrorCode> {
  const named = parseNormalizedNamed(alias);
  if (!named.ok) return fault('short-name-candidate-invalid', `alias value ${quoted(alias)}: ${named.message}`);
  return success({ candidates: [withDefaultTag({ ...named.value, tag, digest })], by: 'alias' });
}

function searched(conf: RegistriesConf, text: string, mode: string): Result<ResolvedName, ShortNameErrorCode> {
  const registries = conf.searchRegistries ?? [];
  if (registries.length === 0)
    return fault(
      'short-name-unresolvable',
      `${quoted(text)} names no registry, and neither alias nor search registry is set`,
    );
  const candidates: ImageReference[] = [];
  for (const registry of registries) {
    const named = parseNormalizedNamed(`${registry}/${text}`);
    if (!named.ok) return fault('short-name-candidate-invalid', `${quoted(text)} in ${registry}: ${named.message}`);
    candidates.push(withDefaultTag(named.value));
  }
  if (mode === 'enforcing' && candidates.length > 1)
    return fault(
      'short-name-enforcing-no-tty',
      `${quoted(text)} fits ${candidates.length} search registries, nobody can be asked`,
    );
  return success({ candidates, by: 'search-registries' });
}

function unparsable(text: string, { message }: Fault): Fault<ShortNameErrorCode> {
  return fault('short-name-input-unparsable', `${quoted(text)} is no image name: ${message}`);
}
