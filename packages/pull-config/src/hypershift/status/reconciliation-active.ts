import type { FoundCondition } from './condition.ts';

/** Whether an object is reconciled now, and when to look again. */
export interface Activity {
  readonly isPaused: boolean;
  /** Milliseconds until a pause ends by itself. */
  readonly endsInMs?: number | undefined;
  readonly condition: FoundCondition;
}

/**
 * `ReconciliationActive` for `spec.pausedUntil`: `true`, or a time of RFC 3339 that is still to come, pauses; any other text
 * does not and is told. `now` is milliseconds since 1970 (openshift/hypershift `GenerateReconciliationActiveCondition`).
 */
export function reconciliationActivity(pausedUntil: unknown, now: number, observedGeneration?: number): Activity {
  const text = typeof pausedUntil === 'string' ? pausedUntil : '';
  if (text === '' || text.toLowerCase() === 'false') return active(activeReason, activeMessage, observedGeneration);
  if (text.toLowerCase() === 'true')
    return { isPaused: true, condition: paused('Reconciliation paused until field removed', observedGeneration) };
  const until = text.includes('T') ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(until))
    return active('InvalidPausedUntilValue', 'Invalid value provided for PausedUntil field', observedGeneration);
  if (until <= now) return active(activeReason, activeMessage, observedGeneration);
  const condition = paused(`Reconciliation paused until: ${text}`, observedGeneration);
  return { isPaused: true, endsInMs: until - now, condition };
}

const type = 'ReconciliationActive';
const activeReason = 'ReconciliationActive';
const activeMessage = 'Reconciliation active on resource';

function active(reason: string, message: string, observedGeneration: number | undefined): Activity {
  return { isPaused: false, condition: { type, status: 'True', reason, message, ...generation(observedGeneration) } };
}

function paused(message: string, observedGeneration: number | undefined): FoundCondition {
  return { type, status: 'False', reason: 'ReconciliationPaused', message, ...generation(observedGeneration) };
}

function generation(observedGeneration: number | undefined): Pick<FoundCondition, 'observedGeneration'> {
  return observedGeneration === undefined ? {} : { observedGeneration };
}
