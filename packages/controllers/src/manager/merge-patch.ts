import { isSame } from './same.ts';

/**
 * The JSON merge patch that makes a value another one: what differs, and null for what goes. Undefined when nothing does; a
 * member that is null is one that is absent.
 */
export function mergePatch(current: unknown, wanted: unknown): unknown {
  if (isSame(current ?? null, wanted ?? null)) return undefined;
  if (!isRecord(current) || !isRecord(wanted)) return wanted ?? null;
  const keys = [...new Set([...Object.keys(current), ...Object.keys(wanted)])];
  const members = keys.map((key) => [key, mergePatch(current[key], wanted[key])] as const);
  const differing = members.filter(([, patch]) => patch !== undefined);
  return differing.length === 0 ? undefined : Object.fromEntries(differing);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
