import { parseDockerRef } from '@pullpath/oci';
import { explainPull } from '../pull/explain/explain-pull.ts';
import type { NodePulls } from '../pull/node-pull-context.ts';
import { evaluatePolicy } from '../pull/policy/evaluate.ts';
import { type PullPlan, resolvePull } from '../pull/resolve-pull.ts';
import type { ImageUse } from './image-list.ts';

/** One place that a pull asks, as far as it decides whether the pull moves. */
export interface PlannedAttempt {
  readonly reference: string;
  readonly outcome: 'tried' | 'skipped' | 'blocked';
}

/** What becomes of the pulls of one image. */
export interface PullChange {
  readonly image: string;
  readonly namespace?: string | undefined;
  readonly count: number;
  readonly change: 'moved' | 'failing';
  readonly before: readonly PlannedAttempt[];
  readonly after: readonly PlannedAttempt[];
  /** Why it fails, or what moves. */
  readonly reason: string;
}

/** `same`, `moved` and `failing` add up to the images given, each counted as often as it was given. */
export interface PullChanges {
  readonly same: number;
  readonly moved: number;
  readonly failing: number;
  /** All that moves or fails, in the order of the images. */
  readonly details: readonly PullChange[];
}

/**
 * Compares the pulls of running images on a node before and after: a pull moves when its ordered attempts (reference and
 * outcome) differ, and one that fails afterwards counts as failing only, also when it failed before. A text that is no
 * reference fails.
 */
export function comparePulls(images: readonly ImageUse[], before: NodePulls, after: NodePulls): PullChanges {
  const unchanged = before === after;
  const numbers = { same: 0, moved: 0, failing: 0 };
  const details = images.flatMap((use): PullChange[] => {
    const now = routeOf(after, use);
    const old = unchanged ? now : routeOf(before, use);
    const change = !now.ok ? 'failing' : isSameRoute(old.attempts, now.attempts) ? 'same' : 'moved';
    numbers[change] += use.count;
    if (change === 'same') return [];
    const reason = now.ok ? whatMoves(old.attempts, now.attempts) : now.reason;
    return [{ ...use, change, before: old.attempts.map(planned), after: now.attempts.map(planned), reason }];
  });
  return { ...numbers, details };
}

interface Route {
  readonly attempts: readonly PlannedAttempt[];
  readonly ok: boolean;
  readonly reason: string;
}

/** What `explainPull` says, by a shorter way where no credentials and certificates can change an outcome. */
function routeOf(node: NodePulls, use: ImageUse): Route {
  if (node.resolver === undefined || node.contactsMayFail) return explainedRoute(node, use);
  const plan = resolvePull(node.resolver, use.image, { mode: 'disabled' });
  return plan.candidates.length === 1 ? plannedRoute(node, use, plan) : explainedRoute(node, use);
}

function explainedRoute(node: NodePulls, { image, namespace }: ImageUse): Route {
  const { attempts, ok, error, verdict } = explainPull({ ...node, policy: node.policyFor(namespace) }, image);
  return { attempts, ok, reason: error?.message ?? verdict };
}

function plannedRoute(node: NodePulls, { namespace }: ImageUse, plan: PullPlan): Route {
  const { attempts, error, normalized = '' } = plan;
  if (error !== undefined) return { attempts: [], ok: false, reason: error.message };
  const policy = node.policyFor(namespace);
  if (policy !== undefined && policy.value === undefined) {
    return { attempts: [], ok: false, reason: policy.diagnostics[0]?.message ?? 'the image policy does not load' };
  }
  const name = parseDockerRef(normalized);
  const rejected = policy?.value && (!name.ok || evaluatePolicy(policy.value, name.value).decision === 'reject');
  if (rejected) return { attempts, ok: false, reason: 'policy.json rejects the image' };
  const ok = attempts.some(({ outcome }) => outcome === 'tried');
  return { attempts, ok, reason: 'every place that it could be pulled from is blocked' };
}

function isSameRoute(before: readonly PlannedAttempt[], after: readonly PlannedAttempt[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ reference, outcome }, index) => {
      const other = after[index];
      return reference === other?.reference && outcome === other.outcome;
    })
  );
}

function whatMoves(before: readonly PlannedAttempt[], after: readonly PlannedAttempt[]): string {
  const [first, second] = [before, after].map((attempts) => attempts.filter(({ outcome }) => outcome !== 'skipped'));
  if (first && second && isSameRoute(first, second)) return 'the route stays, the mirrors that are passed over change';
  const [from, to] = [firstAsked(before), firstAsked(after)];
  if (from === to) return `${to} stays first, what follows it changes`;
  return from === undefined ? `${to} can be pulled again` : `first asked: ${from} -> ${to}`;
}

/** The repository, without tag or digest, that is asked first. */
function firstAsked(attempts: readonly PlannedAttempt[]): string | undefined {
  const reference = attempts.find(({ outcome }) => outcome === 'tried')?.reference;
  const parsed = reference === undefined ? undefined : parseDockerRef(reference);
  return parsed?.ok ? parsed.value.name : reference;
}

function planned({ reference, outcome }: PlannedAttempt): PlannedAttempt {
  return { reference, outcome };
}
