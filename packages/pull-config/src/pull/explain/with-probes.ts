import type { AttemptProbe, Explanation } from './explanation.ts';

/**
 * The explanation with what the registries answered, one probe per attempt (undefined for those that were not asked).
 * `ok` then means that some registry had the manifest, and the verdict says which one would serve the pull now.
 */
export function withProbes(explanation: Explanation, probes: readonly (AttemptProbe | undefined)[]): Explanation {
  const attempts = explanation.attempts.map((attempt, index) => {
    const probe = probes[index];
    return probe ? { ...attempt, probe } : attempt;
  });
  if (!explanation.ok) return { ...explanation, attempts };
  const serving = attempts.find(({ probe }) => probe !== undefined && probe.error === undefined);
  const now = serving
    ? `Right now ${serving.reference} serves it.`
    : 'Right now no registry serves it: this pull fails.';
  return { ...explanation, attempts, ok: serving !== undefined, verdict: `${explanation.verdict} ${now}` };
}
