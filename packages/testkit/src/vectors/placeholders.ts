import { durationMs } from '@pullpath/pull-config';

/** The moment that `<now>` stands for. */
export const vectorNow: number = Date.UTC(2030, 0, 1);

/** A value with every `<now>`, `<now+2h>`, `<now-30m RFC3339>` in its texts as a time of RFC 3339. */
export function withTimes(value: unknown): unknown {
  if (typeof value === 'string') return timeOf(value) ?? value;
  if (Array.isArray(value)) return value.map(withTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withTimes(member)]));
}

function timeOf(text: string): string | undefined {
  const [, sign = '+', duration] = /^<now(?:([+-])([\da-z.]+))?(?: RFC3339)?>$/.exec(text) ?? [];
  if (!text.startsWith('<now')) return undefined;
  const ms = duration === undefined ? 0 : (durationMs(duration) ?? 0);
  return rfc3339(vectorNow + (sign === '-' ? -ms : ms));
}

export function rfc3339(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
