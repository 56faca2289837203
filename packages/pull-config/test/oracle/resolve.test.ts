import type { Diagnostic } from '@pullpath/diagnostics';
import { type Oracle, oracleOrSkip, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { type CandidatePlan, loadRegistriesConf, orderDropIns, prepareResolver, resolvePull } from '../../src/index.ts';
import { type GeneratedCase, generateCase } from './generated-conf.ts';
import { seeded } from './random.ts';

const pulls = 100_000;
const referencesEach = 25;

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

test('100,000 generated pulls go where containers/image sends them', { timeout: 300_000 }, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'containers-image'));
  try {
    let compared = 0;
    for (let seed = 0; compared < pulls; seed++) compared += await compare(oracle, seed);
  } finally {
    oracle.close();
  }
});

/** Compares one configuration and returns how many pulls it answered; one that does not load answers none. */
async function compare(oracle: Oracle, seed: number): Promise<number> {
  const generated = generateCase(seeded(seed), referencesEach);
  const theirs = (await oracle.ask({ op: 'resolve', ...generated })) as OracleAnswer;
  expect(ours(generated), `seed ${seed}: ${JSON.stringify(generated)}`).toEqual(comparable(theirs));
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

function ours({ main, dropIns, refs }: GeneratedCase): unknown {
  const files = Object.entries(dropIns).map(([file, text]) => ({ file, text }));
  const { value, diagnostics } = loadRegistriesConf({ file: 'registries.conf', text: main }, orderDropIns(files));
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
