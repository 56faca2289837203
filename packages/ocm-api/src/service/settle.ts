import { valueAt } from '@pullpath/api';
import type { ClusterPatch } from '../hosted-clusters/cluster-store.ts';
import type { HostedCluster } from '../hosted-clusters/objects.ts';
import { annotationOf, annotations } from './annotations.ts';

export interface SettlingOptions {
  /** Milliseconds without another edit before a rollout begins; 0 for at once. */
  readonly debounceMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A rollout waits at most so many times the pause between edits. */
const mostPauses = 10;

/**
 * A patch that also holds the rollout back for a moment, so that edits close together are one: reconciliation is paused
 * until then by `spec.pausedUntil`, which every HyperShift operator heeds. A pause of someone else stays as it is.
 */
export function settlingPatch(cluster: HostedCluster, patch: ClusterPatch, options: SettlingOptions): ClusterPatch {
  if (options.debounceMs === 0 || patch.spec === undefined || !isOurPause(cluster, options.now())) return patch;
  const now = options.now();
  const since = settlingOf(cluster, now)?.since ?? now;
  const until = Math.min(now + options.debounceMs, since + mostPauses * options.debounceMs);
  const settling = { since: new Date(since).toISOString(), until: new Date(until).toISOString() };
  return {
    annotations: { ...patch.annotations, [annotations.settling]: JSON.stringify(settling) },
    spec: { ...patch.spec, pausedUntil: settling.until },
  };
}

/** The rollout that is being waited for, in milliseconds since 1970; undefined where none is. */
export function settlingOf(cluster: HostedCluster, now: number): { since: number; until: number } | undefined {
  const settling = annotationOf(cluster, annotations.settling);
  const [since, until] = [timeAt(settling, 'since'), timeAt(settling, 'until')];
  return until > now && since <= until ? { since, until } : undefined;
}

function isOurPause(cluster: HostedCluster, now: number): boolean {
  const paused = cluster.spec?.pausedUntil;
  if (paused === undefined || paused === '' || paused.toLowerCase() === 'false') return true;
  if (paused === valueAt(annotationOf(cluster, annotations.settling), ['until'])) return true;
  return Date.parse(paused) <= now;
}

function timeAt(settling: unknown, name: string): number {
  const text = valueAt(settling, [name]);
  return typeof text === 'string' ? Date.parse(text) : Number.NaN;
}
