import { parseGoFloat, parseGoInteger } from './go-number.ts';

/** What a scalar means, or why it means nothing. */
export type ScalarMeaning =
  | {
      readonly value: string | number | boolean | null;
      /** Set for a number that go-yaml reads as a float, also a whole one such as `1e3`. */
      readonly float?: boolean;
      /** The digits of an integer that a double cannot hold; `value` is rounded. */
      readonly exact?: string;
    }
  | { readonly fault: string };

const words: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...pairs(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'], true),
  ...pairs(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'], false),
  ...pairs(['', '~', 'null', 'Null', 'NULL'], null),
  ...pairs(['.nan', '.NaN', '.NAN'], Number.NaN),
  ...pairs(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], Number.POSITIVE_INFINITY),
  ...pairs(['-.inf', '-.Inf', '-.INF'], Number.NEGATIVE_INFINITY),
]);

/**
 * The value of a scalar as Kubernetes reads it (`sigs.k8s.io/yaml` on go-yaml v2): YAML 1.1 booleans, octal `0644`,
 * underscores in numbers, dates as strings, `.inf` and `.nan` as numbers. `tag` is the long or short tag if one is written; `plain` means unquoted.
 */
export function resolveScalar(text: string, tag: string | undefined, plain: boolean): ScalarMeaning {
  const short = shortTag(tag);
  if (short === undefined) return plain ? resolvePlain(text) : { value: text };
  if (short === '!!binary') return decodeBinary(text);
  return resolveTagged(text, short);
}

/** `!!int` for `tag:yaml.org,2002:int`; undefined where no tag is written. */
export function shortTag(tag: string | undefined): string | undefined {
  const prefix = 'tag:yaml.org,2002:';
  return tag?.startsWith(prefix) ? `!!${tag.slice(prefix.length)}` : tag;
}

function resolvePlain(text: string): ScalarMeaning {
  const word = words.get(text);
  if (typeof word === 'number') return { value: word, float: true };
  if (word !== undefined) return { value: word };
  const first = text.charCodeAt(0);
  if (first === 0x2e) return floatOrText(text, text);
  if (!isDigit(first) && first !== 0x2b && first !== 0x2d) return { value: text };
  const digits = text.replaceAll('_', '');
  return parseGoInteger(digits) ?? floatOrText(digits, text);
}

function floatOrText(digits: string, text: string): ScalarMeaning {
  const value = parseGoFloat(digits);
  return value === undefined ? { value: text } : { value, float: true };
}

/** The forms that go-yaml reads as a date; the value stays text. */
const timestamp =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;

const expectedTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  '!!bool': (value) => typeof value === 'boolean',
  '!!int': (value) => typeof value === 'number',
  '!!float': (value) => typeof value === 'number',
  '!!null': (value) => value === null,
  '!!timestamp': (value) => typeof value === 'string' && timestamp.test(value),
};

function resolveTagged(text: string, tag: string): ScalarMeaning {
  if (!Object.hasOwn(expectedTypes, tag)) return { value: text };
  const meaning = resolvePlain(text);
  if ('fault' in meaning) return meaning;
  if (expectedTypes[tag]?.(meaning.value) && !(tag === '!!int' && meaning.float)) return asTagged(meaning, tag);
  return { fault: `the value is no ${tag}` };
}

function asTagged<T extends object>(meaning: T, tag: string): T {
  return tag === '!!float' ? { ...meaning, float: true } : meaning;
}

function decodeBinary(text: string): ScalarMeaning {
  const compact = text.replaceAll(/[\r\n]/g, '');
  if (compact.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(compact)) return { fault: 'the value is no base64' };
  try {
    const bytes = Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
    return { value: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
  } catch {
    return { fault: 'the value is no base64' };
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function pairs<V>(keys: readonly string[], value: V): [string, V][] {
  return keys.map((key) => [key, value]);
}
