import { oracleOrSkip, startOracle } from '@pullpath/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadManifests } from '../../src/index.ts';

const rounds = 60;
const textsPerRound = 500;

test('30,000 generated mappings mean what sigs.k8s.io/yaml makes of them', { timeout: 300_000 }, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'kubernetes-yaml'));
  try {
    for (let seed = 0; seed < rounds; seed++) {
      const texts = fc.sample(mapping, { seed, numRuns: textsPerRound });
      const { answers } = (await oracle.ask({ texts })) as { answers: Answer[] };
      texts.forEach((text, index) => {
        const answer = ours(text);
        if (answer !== 'duplicate key') expect(answer, text).toEqual(theirs(answers[index]!));
      });
    }
  } finally {
    oracle.close();
  }
});

interface Answer {
  readonly json?: string;
  readonly error?: string;
}

function theirs({ json, error }: Answer): unknown {
  return error === undefined ? withoutMinusZero(JSON.parse(json ?? 'null')) : 'refused';
}

/** The mapping stands below a key of a manifest. A key that stands twice is an error here and not there. */
function ours(text: string): unknown {
  const indented = text.replaceAll(/^(?=.)/gm, '  ');
  const manifest = `apiVersion: v1\nkind: Test\nvalue:\n${indented}`;
  const { objects, diagnostics } = loadManifests([{ file: 'f.yaml', text: manifest }]);
  if (diagnostics.some(({ code }) => code === 'yaml-duplicate-key')) return 'duplicate key';
  const isRefused = diagnostics.some(({ severity }) => severity === 'error');
  return isRefused ? 'refused' : withoutMinusZero(objects[0]?.object['value']);
}

function withoutMinusZero(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMinusZero);
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutMinusZero(inner)]));
}

const plainWord = fc
  .stringMatching(/^[0-9_+.eExobBXaAfFyYnNtTlL~<-]{1,7}$/)
  .filter((text) => !['-', '---', '...'].includes(text));
const knownWords = `
yes no on off y N true Null ~ .inf -.INF .nan 0644 0o17 0b11 -0b1 1_000 +1 0x1F 1e3 1E-7 123456789.5 1e21 1e400 1e-400 08 1.
9223372036854775807 -9223372036854775808 -9223372036854775809 99999999999999999999 2020-01-01 1:30 "q" 'on' << "<<"`;
const tagged = `
!!str 3, !!int 3, !!int "3", !!int x, !!float 3, !!float x, !!bool yes, !!bool 1, !!null x, ! 5, !x 5, !!binary aGk=,
!!binary "%", !!timestamp 2020-01-01, !!timestamp x`;
const word = fc.oneof(plainWord, fc.constantFrom(...knownWords.trim().split(/\s+/), ...tagged.trim().split(/,\s/)));

const anchor = fc.constantFrom('', '', '', '&p ', '&q ');
const value = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(anchor, word).map(([name, text]) => name + text) },
  { weight: 1, arbitrary: fc.constantFrom('*p', '*q', '[1, *p]', '{a: *q, b: yes}', '&p {a: 1, o: 2}', '&q [a, 0x1]') },
);
const entry = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.nat(4), value).map(([key, text]) => `k${key}: ${text}`) },
  { weight: 2, arbitrary: fc.tuple(word, value).map(([key, text]) => `${key}: ${text}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'm: 7',
      'o: 8',
      '<<: *p',
      '<<: {m: 1, o: 2}',
      '<<: [{m: 1}, {m: 2, o: 3}]',
      '<<: *q',
      '<<: 3',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(value, { minLength: 1, maxLength: 3 })
      .map((items) => `l:\n${items.map((item) => `- ${item}`).join('\n')}`),
  },
);
const mapping = fc.array(entry, { minLength: 1, maxLength: 6 }).map((entries) => `${entries.join('\n')}\n`);
