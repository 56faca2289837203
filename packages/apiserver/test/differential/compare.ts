import { isDeepStrictEqual } from 'node:util';
import type { Normalised } from './normalise.ts';

/** Where two answers differ, one line each: `body.metadata.name: real "a", ours "b"`. */
export function differencesOf(real: Normalised, ours: Normalised): string[] {
  return ['status', 'headers', 'layout', 'body'].flatMap((part) =>
    within(part, real[part as keyof Normalised], ours[part as keyof Normalised]),
  );
}

function within(place: string, real: unknown, ours: unknown): string[] {
  if (isDeepStrictEqual(real, ours)) return [];
  if (Array.isArray(real) && Array.isArray(ours) && real.length === ours.length) {
    return real.flatMap((item, index) => within(`${place}[${index}]`, item, ours[index]));
  }
  if (isObject(real) && isObject(ours)) {
    const keys = [...new Set([...Object.keys(real), ...Object.keys(ours)])];
    return keys.flatMap((key) => within(`${place}.${key}`, real[key], ours[key]));
  }
  return [`${place}: real ${shown(real)}, ours ${shown(ours)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 3000 ? `${text.slice(0, 3000)}...` : text;
}
