import type { Implementations } from '../run/functions/implementation.ts';
import { CelFailure, type LibraryValue } from '../run/values.ts';

/** `kubernetes.Semver`. */
class SemanticVersion implements LibraryValue {
  readonly celType = 'kubernetes.Semver';
  readonly numbers: readonly bigint[];
  readonly pre: readonly string[];

  constructor(numbers: readonly bigint[], pre: readonly string[]) {
    this.numbers = numbers;
    this.pre = pre;
  }

  get key(): string {
    return `${this.numbers.join('.')}-${this.pre.join('.')}`;
  }
}

/** `semver('1.2.3-rc.1')` and what Kubernetes lets one do with it. */
export const semanticVersions: Implementations = {
  is_semver_string: (text: string) => parse(text) !== undefined,
  is_semver_string_bool: (text: string, normalize: boolean) => parse(normalize ? normalized(text) : text) !== undefined,
  string_to_semver: versionOf,
  string_bool_to_semver: (text: string, normalize: boolean) => versionOf(normalize ? normalized(text) : text),
  semver_major: ({ numbers }: SemanticVersion) => numbers[0],
  semver_minor: ({ numbers }: SemanticVersion) => numbers[1],
  semver_patch: ({ numbers }: SemanticVersion) => numbers[2],
  semver_compare_to: (left: SemanticVersion, right: SemanticVersion) => BigInt(compare(left, right)),
  semver_is_greater_than: (left: SemanticVersion, right: SemanticVersion) => compare(left, right) > 0,
  semver_is_less_than: (left: SemanticVersion, right: SemanticVersion) => compare(left, right) < 0,
};

function versionOf(text: string): SemanticVersion {
  const version = parse(text);
  if (!version) throw new CelFailure(`No Major.Minor.Patch elements found in ${JSON.stringify(text)}`);
  return version;
}

/** Without `v`, with three numbers and no leading zeros. */
function normalized(text: string): string {
  const match = /^v?(\d+(?:\.\d+){0,2})(.*)$/s.exec(text);
  if (!match) return text;
  const numbers = (match[1] ?? '').split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  return [...numbers, '0', '0'].slice(0, 3).join('.') + (match[2] ?? '');
}

const limit = 256;

function parse(text: string): SemanticVersion | undefined {
  if (text.length > limit) return undefined;
  const match = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/.exec(text);
  if (!match) return undefined;
  const numbers = match.slice(1, 4).map((part) => part ?? '');
  const pre = match[4]?.split('.') ?? [];
  const build = match[5]?.split('.') ?? [];
  const isPlain = (part: string): boolean => /^\d+$/.test(part) && part.length > 1 && part.startsWith('0');
  if ([...numbers, ...pre].some(isPlain) || [...pre, ...build].includes('')) return undefined;
  return new SemanticVersion(numbers.map(BigInt), pre);
}

function compare(left: SemanticVersion, right: SemanticVersion): number {
  const index = left.numbers.findIndex((number, at) => number !== right.numbers[at]);
  if (index !== -1) return (left.numbers[index] ?? 0n) < (right.numbers[index] ?? 0n) ? -1 : 1;
  if (left.pre.length === 0 || right.pre.length === 0) return Math.sign(right.pre.length - left.pre.length);
  return comparePre(left.pre, right.pre);
}

function comparePre(left: readonly string[], right: readonly string[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part !== other) return comparePart(part, other);
  }
  return left.length < right.length ? -1 : 0;
}

function comparePart(left: string, right: string): number {
  const [a, b] = [/^\d+$/.test(left), /^\d+$/.test(right)];
  if (a && b) return BigInt(left) < BigInt(right) ? -1 : 1;
  if (a !== b) return a ? -1 : 1;
  return left < right ? -1 : 1;
}
