import { resolveScalar } from '../yaml/scalar.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A scalar as YAML text of one line: plain where Kubernetes reads it back as it is, double-quoted otherwise. */
export function formatScalar(value: string | number | boolean | null, quote: 'plain' | 'single' | 'double'): string {
  if (typeof value !== 'string') return String(value);
  if (quote === 'single' && /^[\x20-\x7e]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return quote === 'plain' && isPlain(value) ? value : quoted(value);
}

/** JSON, which is YAML in flow style. */
export function formatFlow(value: Json): string {
  return quoted(value);
}

/** The lines of a value in block style, the first one without indentation. Empty collections are `[]` and `{}`. */
export function formatBlock(value: Json): string[] {
  if (isList(value)) return value.length === 0 ? ['[]'] : value.flatMap((item) => indented('- ', formatBlock(item)));
  if (!isMap(value)) return [formatScalar(value, 'plain')];
  const entries = Object.entries(value);
  return entries.length === 0 ? ['{}'] : entries.flatMap(([key, inner]) => formatEntry(key, inner));
}

/** The lines of `key: value` in block style; a list stands at the column of its key, as kubectl prints it. */
export function formatEntry(key: string, value: Json): string[] {
  const name = formatScalar(key, 'plain');
  const lines = formatBlock(value);
  const isBlock = (isList(value) && value.length > 0) || (isMap(value) && Object.keys(value).length > 0);
  if (!isBlock) return [`${name}: ${lines[0] ?? ''}`];
  return [`${name}:`, ...lines.map((line) => (isList(value) ? line : `  ${line}`))];
}

function indented(marker: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? marker : ' '.repeat(marker.length)) + line);
}

/** Letters, digits and what stands in references, domains and paths; nothing that YAML gives a meaning. */
function isPlain(text: string): boolean {
  const meaning = resolveScalar(text, undefined, true);
  return (
    /^[A-Za-z0-9_./*][A-Za-z0-9_./@*+-]*(?::[A-Za-z0-9_./@*+-]+)*$/.test(text) &&
    text[0] !== '*' &&
    'value' in meaning &&
    meaning.value === text
  );
}

function quoted(value: Json): string {
  return JSON.stringify(value).replaceAll(/[\x7f-\x9f\u2028\u2029\ufeff]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isMap(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
