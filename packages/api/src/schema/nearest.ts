import { editDistance } from '../load/edit-distance.ts';

/** The candidate that a mistyped name most likely meant, if one is near: few edits, counted without regard to case. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > maxLength) return undefined;
  const limit = Math.max(1, Math.floor(name.length / 3));
  const near = candidates
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((left, right) => left.distance - right.distance);
  return near[0]?.candidate;
}

/** Longer names are no typing mistakes; the limit bounds the work. */
const maxLength = 100;
