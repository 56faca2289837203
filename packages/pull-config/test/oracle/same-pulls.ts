import type { Diagnostic } from '@pullpath/diagnostics';
import type { Oracle } from '@pullpath/testkit';
import { expect } from 'vitest';
import { type CandidatePlan, type Loaded, prepareResolver, type RegistriesConf, resolvePull } from '../../src/index.ts';

/** Files and references as the oracle takes them. */
export interface Pulls {
  readonly main: string;
  readonly dropIns: Readonly<Record<string, string>>;
  readonly refs: readonly string[];
}

interface Failed {
  readonly error: { readonly code: string };
}

interface OracleCandidate extends Partial<Failed> {
  readonly normalized: string;
  readonly matchedPrefix: string;
  readonly sources: readonly object[];
}

type OracleAnswer =
  | Failed
  | { readonly results: readonly (Partial<Failed> & { readonly candidates: readonly OracleCandidate[] | null })[] };

/**
 * Expects that every pull goes where containers/image sends it with these files: same entry, attempts, insecure, blocked,
 * or the same class of error. Returns how many pulls were answered; a configuration that does not load answers none.
 */
export async function expectSamePulls(
  oracle: Oracle,
  pulls: Pulls,
  loaded: readonly Loaded<RegistriesConf>[],
  label: string,
): Promise<number> {
  const theirs = (await oracle.ask({ op: 'resolve', ...pulls })) as OracleAnswer;
  for (const each of loaded)
    expect(ours(each, pulls.refs), `${label}: ${JSON.stringify(pulls)}`).toEqual(comparable(theirs));
  return 'results' in theirs ? theirs.results.length : 0;
}

function comparable(answer: OracleAnswer): unknown {
  if ('error' in answer) return { error: answer.error.code };
  return answer.results.map(({ error, candidates }) =>
    error
      ? { error: error.code }
      : candidates?.map((candidate) => ({
          normalized: candidate.normalized,
          matched: candidate.matchedPrefix,
          ...(candidate.error ? { error: candidate.error.code } : { sources: candidate.sources }),
        })),
  );
}

function ours({ value, diagnostics }: Loaded<RegistriesConf>, refs: readonly string[]): unknown {
  const refusal = diagnostics.map(classOf).find((code) => code !== undefined);
  if (value === undefined || refusal !== undefined) return { error: refusal };
  const resolver = prepareResolver(value);
  return refs.map((ref) => {
    const { candidates, error } = resolvePull(resolver, ref);
    return candidates.length === 0 ? { error: error?.code } : candidates.map(oursOf);
  });
}

function oursOf({ normalized, matchedScope = '', attempts, error }: CandidatePlan): unknown {
  if (error) return { normalized, matched: matchedScope, error: error.code };
  const used = attempts.filter(({ outcome }) => outcome !== 'skipped');
  const sources = used.map(({ reference, mirror, insecure, outcome }) => ({
    ref: reference,
    mirror,
    insecure,
    blocked: outcome === 'blocked',
  }));
  return { normalized, matched: matchedScope, sources };
}

/** Classes in which both sides can be compared. This release of containers/image refuses version 1, which we convert. */
function classOf({ code, severity }: Diagnostic): string | undefined {
  if (code.startsWith('v1-')) return 'v1';
  if (severity !== 'error') return undefined;
  if (code === 'conf-toml-syntax' || code === 'conf-field-type') return 'toml';
  return /^(alias-|short-name-)/.test(code) ? 'aliases' : code;
}
