import { Optional } from './values.ts';

/** What `size()` gives, or 1 for what has no size. */
export function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return lengthOf(value);
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  if (value instanceof Map) return value.size;
  return value instanceof Optional && value.present ? sizeOfValue(value.held) : 1;
}

/** Characters, where a pair of surrogates is one. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) if (isPair(text, at)) length--;
  return length;
}

function isPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
