import { describeOrigin, type Origin } from '@pullpath/api';
import { formatReference, type ImageReference, parseDockerRef } from '@pullpath/oci';
import { evaluatePolicy } from '../policy/evaluate.ts';
import { isShortName } from '../short-names.ts';
import { explainAttempt } from './attempt.ts';
import type { PullContext, PullRoute, RouteAttempt } from './context.ts';
import type { ExplainedAttempt, Explanation } from './explanation.ts';
import { verdictOf } from './verdict.ts';

/**
 * Says where a pull of `image` goes on the node of `context`: the rule that decides, every attempt in order with the
 * credentials and authority it uses, and what policy.json says of it. Never throws for what stands in the input: a
 * configuration that does not load gives an explanation with `error`.
 */
export function explainPull(context: PullContext, image: string): Explanation {
  const route = context.route(image);
  const draft = draftOf(context, route, route.error ?? policyError(context));
  return { ...draft, verdict: verdictOf(draft) };
}

function draftOf(context: PullContext, route: PullRoute, error: Explanation['error']): Omit<Explanation, 'verdict'> {
  const candidates = candidatesOf(route).map((candidate) => judgeCandidate(context, candidate));
  const { ref, policy } =
    candidates.find((candidate) => candidate.policy.decision !== 'reject') ?? candidates[0] ?? nothing;
  const attempts = error
    ? []
    : candidates.flatMap(candidates.length === 1 ? ({ attempts }) => attempts : allowedAttempts);
  return {
    image: route.image,
    normalized: route.normalized ?? fullName(route.image),
    kind: (ref ? ref.digest !== undefined : route.image.includes('@')) ? 'digest' : 'tag',
    runtime: context.runtime,
    matched: matchedOf(route),
    attempts,
    policy,
    ok: !error && policy.decision !== 'reject' && attempts.some(isTried),
    ...(error ? { error: { code: error.code, message: error.message } } : {}),
  };
}

interface Candidate {
  readonly ref: ImageReference | undefined;
  readonly policy: Explanation['policy'];
  readonly attempts: readonly ExplainedAttempt[];
}

const nothing: Candidate = { ref: undefined, policy: { decision: 'reject', scope: null }, attempts: [] };

function candidatesOf({ image, normalized, candidates, attempts }: PullRoute): NonNullable<PullRoute['candidates']> {
  if (candidates && candidates.length > 1) return candidates;
  return [{ normalized: normalized ?? image, attempts }];
}

function judgeCandidate(
  context: PullContext,
  { normalized, attempts }: { readonly normalized: string; readonly attempts: readonly RouteAttempt[] },
): Candidate {
  const ref = referenceOf(normalized);
  return { ref, policy: judge(context, ref), attempts: attempts.map((attempt) => explainAttempt(context, attempt)) };
}

// The policy judges each image that a short name may mean by its own name.
function allowedAttempts({ policy, attempts }: Candidate): readonly ExplainedAttempt[] {
  if (policy.decision !== 'reject') return attempts;
  return attempts.map((attempt) =>
    attempt.outcome === 'tried' ? { ...attempt, outcome: 'skipped', reason: 'policy.json refuses this name' } : attempt,
  );
}

function referenceOf(text: string): ImageReference | undefined {
  const parsed = parseDockerRef(text);
  return parsed.ok ? parsed.value : undefined;
}

// What a short name means is the configuration's to say.
function fullName(image: string): string | null {
  const ref = isShortName(image) ? undefined : referenceOf(image);
  return ref ? formatReference(ref) : null;
}

// Without a policy.json nothing is refused; with one that does not load, everything is.
function judge({ policy }: PullContext, ref: ImageReference | undefined): Explanation['policy'] {
  if (policy === undefined) return { decision: 'accept', scope: null };
  if (policy.value === undefined || ref === undefined) return { decision: 'reject', scope: null };
  const { decision, scope } = evaluatePolicy(policy.value, ref);
  return { decision, scope };
}

function policyError({ policy }: PullContext): Explanation['error'] {
  const [fault] = policy?.diagnostics ?? [];
  if (!fault) return undefined;
  const place = fault.at ? `${fault.at.file}:${fault.at.start.line}:${fault.at.start.column}: ` : '';
  return { code: fault.code, message: place + fault.message };
}

function matchedOf({ matchedScope, entry }: PullRoute): Explanation['matched'] {
  if (matchedScope === undefined) return null;
  return { scope: matchedScope, origins: distinct(entry?.origins ?? []) };
}

function distinct(origins: readonly Origin[]): ReturnType<typeof describeOrigin>[] {
  const byText = new Map(
    origins.map((origin) => describeOrigin(origin)).map((place) => [JSON.stringify(place), place]),
  );
  return [...byText.values()];
}

function isTried({ outcome }: ExplainedAttempt): boolean {
  return outcome === 'tried';
}
