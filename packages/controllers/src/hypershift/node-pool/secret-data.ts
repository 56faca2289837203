import { valueAt } from '@pullpath/api';
import type { LiveObject } from '../../manager/live-object.ts';

/** Texts as a Secret holds them. */
export function encoded(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
}

/** The text of a key of a Secret; undefined where it has no such key. */
export function decoded(secret: LiveObject, key: string): string | undefined {
  const value = valueAt(secret, ['data', key]);
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString() : undefined;
}
