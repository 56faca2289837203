import { compareBytes } from './go-order.ts';

/** JSON data as Go sees it: a Map is a Go map (keys sorted on output), an object a struct (fields in their order). */
export type GoJson =
  | string
  | number
  | boolean
  | null
  | readonly GoJson[]
  | ReadonlyMap<string, GoJson>
  | { readonly [key: string]: GoJson | undefined };

/** The text of Go's `json.MarshalIndent(value, "", "  ")`: `<`, `>` and `&` escaped, map keys by bytes, no final newline. */
export function goJsonIndented(value: GoJson): string {
  return write(value, '\n');
}

function write(value: GoJson, newline: string): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return goJsonString(value);
  if (Array.isArray(value)) {
    const items: readonly GoJson[] = value;
    const inner = `${newline}  `;
    return bracketed(
      '[]',
      items.map((item) => write(item, inner)),
      newline,
    );
  }
  return writeMembers(membersOf(value as ReadonlyMap<string, GoJson> | { readonly [key: string]: GoJson }), newline);
}

function writeMembers(members: readonly (readonly [string, GoJson])[], newline: string): string {
  const inner = `${newline}  `;
  return bracketed(
    '{}',
    members.map(([key, item]) => `${goJsonString(key)}: ${write(item, inner)}`),
    newline,
  );
}

function bracketed(brackets: '[]' | '{}', items: readonly string[], newline: string): string {
  if (items.length === 0) return brackets;
  return `${brackets[0]}${newline}  ${items.join(`,${newline}  `)}${newline}${brackets[1]}`;
}

function membersOf(
  value: ReadonlyMap<string, GoJson> | { readonly [key: string]: GoJson | undefined },
): (readonly [string, GoJson])[] {
  if (value instanceof Map) {
    const map: ReadonlyMap<string, GoJson> = value;
    return [...map].sort(([a], [b]) => compareBytes(a, b));
  }
  return Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, item] as const]));
}

/** A Go JSON string: HTML-sensitive characters, U+2028 and U+2029 escaped; lone surrogates become U+FFFD. */
export function goJsonString(text: string): string {
  return JSON.stringify(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(/[<>&\u2028\u2029]/g, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
