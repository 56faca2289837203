import { formatPath, type Path } from '@pullpath/api';
import { isMirrorLocation, isMirrorSource } from '@pullpath/oci';

/** What is wrong with a mirror rule, at the field where it is. */
export interface RuleFault {
  readonly path: Path;
  readonly message: string;
  /** `shape`: not the structure of a rule; `duplicate`: a source that was there before; `value`: anything else. */
  readonly kind: 'shape' | 'duplicate' | 'value';
}

export interface RuleLimits {
  /** Most characters of a source or mirror. */
  readonly maxLength: number;
}

/** The two values of `mirrorSourcePolicy`; unset counts as the first. */
export const mirrorSourcePolicies = ['AllowContactingSource', 'NeverContactSource'] as const;

/**
 * Everything wrong with one mirror rule `{source, mirrors, mirrorSourcePolicy?}`: unknown fields, types, the patterns of the
 * CRDs, no mirrors, repeated mirrors, the source as its own mirror, an unknown policy.
 */
export function checkMirrorRule(rule: unknown, path: Path, limits: RuleLimits): readonly RuleFault[] {
  if (!isRecord(rule)) return [shape(path, 'a mirror rule is a mapping with source and mirrors')];
  return [
    ...unknownFields(rule, ['source', 'mirrors', 'mirrorSourcePolicy'], path),
    ...sourceFaults(rule['source'], [...path, 'source'], limits),
    ...mirrorsFaults(rule['mirrors'], rule['source'], [...path, 'mirrors'], limits),
    ...policyFaults(rule['mirrorSourcePolicy'], [...path, 'mirrorSourcePolicy']),
  ];
}

/** Fields that a strict reader does not know, one fault each. */
export function unknownFields(
  data: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: Path,
): readonly RuleFault[] {
  return Object.keys(data)
    .filter((field) => !known.includes(field))
    .map((field) => shape([...path, field], `unknown field "${field}", known are ${known.join(', ')}`));
}

/** Later entries whose source was listed before. The host is compared without regard to case. */
export function repeatedSources(rules: readonly unknown[], path: Path): readonly RuleFault[] {
  const seen = new Set<string>();
  return rules.flatMap((rule, index) => {
    const source = isRecord(rule) ? rule['source'] : undefined;
    if (typeof source !== 'string' || source === '') return [];
    const key = withLowerCaseHost(source);
    const isRepeated = seen.has(key);
    seen.add(key);
    if (!isRepeated) return [];
    return [{ path: [...path, index, 'source'], message: `duplicate source "${source}" found`, kind: 'duplicate' }];
  });
}

function sourceFaults(source: unknown, path: Path, limits: RuleLimits): readonly RuleFault[] {
  if (source === undefined || source === null || source === '') return [value(path, 'source cannot be empty')];
  if (typeof source !== 'string') return [shape(path, 'source is a string')];
  if (source.length > limits.maxLength) return [tooLong(path, limits)];
  if (isMirrorSource(source)) return [];
  return [value(path, `"${source}" is no source: expected host[:port][/path] or *.domain, without tag or digest`)];
}

function mirrorsFaults(mirrors: unknown, source: unknown, path: Path, limits: RuleLimits): readonly RuleFault[] {
  if (mirrors !== undefined && mirrors !== null && !Array.isArray(mirrors)) return [shape(path, 'mirrors is a list')];
  const list: readonly unknown[] = mirrors ?? [];
  if (list.length === 0) return [value(path, `at least one mirror must be specified for source "${String(source)}"`)];
  return list.flatMap((mirror, index) => {
    const at = [...path, index];
    if (list.indexOf(mirror) < index) return [value(at, `duplicate mirror URL "${String(mirror)}" found`)];
    return mirrorFaults(mirror, source, at, limits);
  });
}

function mirrorFaults(mirror: unknown, source: unknown, path: Path, limits: RuleLimits): readonly RuleFault[] {
  if (mirror === null || mirror === '') return [value(path, 'mirror URL cannot be empty')];
  if (typeof mirror !== 'string') return [shape(path, 'a mirror is a string')];
  if (mirror === source) return [value(path, `mirror URL "${mirror}" cannot be the same as source`)];
  if (mirror.length > limits.maxLength) return [tooLong(path, limits)];
  if (isMirrorLocation(mirror)) return [];
  return [value(path, `"${mirror}" is no mirror: expected host[:port][/path] without scheme, wildcard, tag or digest`)];
}

function policyFaults(policy: unknown, path: Path): readonly RuleFault[] {
  if (policy === undefined || policy === null) return [];
  if (typeof policy !== 'string') return [shape(path, 'mirrorSourcePolicy is a string')];
  if (mirrorSourcePolicies.some((known) => known === policy)) return [];
  return [value(path, `invalid mirrorSourcePolicy "${policy}", must be ${mirrorSourcePolicies.join(' or ')}`)];
}

function tooLong(path: Path, { maxLength }: RuleLimits): RuleFault {
  return value(path, `${formatPath(path.slice(-2))} has more than ${maxLength} characters`);
}

function shape(path: Path, message: string): RuleFault {
  return { path, message, kind: 'shape' };
}

function value(path: Path, message: string): RuleFault {
  return { path, message, kind: 'value' };
}

function withLowerCaseHost(source: string): string {
  const slash = source.indexOf('/');
  const end = slash === -1 ? source.length : slash;
  return source.slice(0, end).toLowerCase() + source.slice(end);
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
