import { isMirrorLocation, isMirrorSource } from '@pullpath/oci';
import { compileRegex, type Regex } from './regex/index.ts';

const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';

/** The pattern of `mirrors` in the CRDs of ImageDigestMirrorSet and ImageTagMirrorSet (openshift/api config/v1). */
export const mirrorPattern: string = `^(${label}(?:(?:\\.${label})+)?(?::[0-9]+)?)(?:(?:/[a-z0-9]+(?:(?:(?:[._]|__|[-]*)[a-z0-9]+)+)?)+)?$`;

/** The pattern of `source` in the same CRDs, and of the entries of `registrySources`. */
export const sourcePattern: string = `^\\*(?:\\.${label})+$|${mirrorPattern}`;

interface KnownPattern {
  readonly matches: (text: string) => boolean;
  readonly words: string;
}

/** Patterns for which a hand-written matcher of the same language exists, and what they mean in words. */
const handWritten: ReadonlyMap<string, KnownPattern> = new Map([
  [mirrorPattern, { matches: isMirrorLocation, words: 'host[:port][/path]' }],
  [sourcePattern, { matches: isMirrorSource, words: 'host[:port][/path], or *.domain' }],
]);

/** What a pattern asks for in words, where it is one of ours; users need not read it as an expression. */
export function patternWords(pattern: string): string | undefined {
  return handWritten.get(pattern)?.words;
}

const compiled = new Map<string, Regex>();

/** Patterns come from schemas and rules, which are few, but a rule may also build one from a value. */
const maxCompiled = 2000;

/** The compiled pattern, from a bounded cache. Throws `RegexSyntaxError`. */
export function regexOf(pattern: string): Regex {
  const known = compiled.get(pattern);
  if (known) return known;
  if (compiled.size >= maxCompiled) compiled.clear();
  const regex = compileRegex(pattern);
  compiled.set(pattern, regex);
  return regex;
}

/** True when the pattern matches somewhere in the text, in time linear in the text. Throws `RegexSyntaxError`. */
export function matchesPattern(pattern: string, text: string): boolean {
  const known = handWritten.get(pattern);
  return known ? known.matches(text) : regexOf(pattern).test(text);
}
