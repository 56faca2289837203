import type { Diagnostic } from '@pullpath/diagnostics';
import { usageFault } from './flag-values.ts';

/** `key=value` texts of a flag as a record; a text without `=` or without a key is a usage fault. */
export function keyValues(
  flag: string,
  texts: readonly string[],
): { readonly pairs: Readonly<Record<string, string>>; readonly diagnostics: readonly Diagnostic[] } {
  const wrong = texts.filter((text) => text.indexOf('=') < 1);
  const right = texts.filter((text) => text.indexOf('=') >= 1);
  return {
    pairs: Object.fromEntries(
      right.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
    ),
    diagnostics: wrong.map((text) => usageFault(`--${flag}: "${text}" is not key=value`)),
  };
}
