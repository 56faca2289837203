import {
  type Fault,
  fault,
  formatReference,
  isRegistry,
  parseNormalizedNamed,
  parseReference,
  quoted,
  type Result,
  success,
} from '@pullpath/oci';

export type AliasErrorCode =
  | 'alias-unparsable'
  | 'alias-has-digest'
  | 'alias-has-tag'
  | 'alias-not-qualified'
  | 'short-name-unparsable'
  | 'short-name-has-digest'
  | 'short-name-has-tag'
  | 'short-name-has-registry';

/**
 * The repository that an alias stands for, in full form: `docker.io/alpine` is `docker.io/library/alpine`. It needs a
 * registry and has neither tag nor digest (containers/image parseShortNameValue).
 */
export function parseAliasValue(alias: string): Result<string, AliasErrorCode> {
  const parsed = parseReference(alias);
  if (!parsed.ok) return fault('alias-unparsable', `alias value ${quoted(alias)} is no repository: ${parsed.message}`);
  const { digest, tag, domain } = parsed.value;
  if (digest !== undefined) return fault('alias-has-digest', `alias value ${quoted(alias)} must not have a digest`);
  if (tag !== undefined) return fault('alias-has-tag', `alias value ${quoted(alias)} must not have a tag`);
  if (!isRegistry(domain)) return fault('alias-not-qualified', `alias value ${quoted(alias)} must name a registry`);
  const named = parseNormalizedNamed(alias);
  return named.ok ? success(formatReference(named.value)) : fault('alias-unparsable', named.message);
}

/** The fault of the left side of an alias: no registry, tag or digest may be in it (validateShortName). */
export function shortNameFault(name: string): Fault<AliasErrorCode> | undefined {
  const parsed = parseReference(name);
  if (!parsed.ok) return fault('short-name-unparsable', `short name ${quoted(name)} is no name: ${parsed.message}`);
  const { digest, tag, domain } = parsed.value;
  if (digest !== undefined) return fault('short-name-has-digest', `short name ${quoted(name)} must not have a digest`);
  if (tag !== undefined) return fault('short-name-has-tag', `short name ${quoted(name)} must not have a tag`);
  if (isRegistry(domain))
    return fault('short-name-has-registry', `short name ${quoted(name)} must not name a registry`);
  return undefined;
}
