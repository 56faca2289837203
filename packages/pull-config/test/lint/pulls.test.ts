import { fromObject, type LocatedObject } from '@pullpath/api';
import type { DiagnosticCode } from '@pullpath/diagnostics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lintObjects, prepareResolver, renderScope, resolvePull } from '../../src/index.ts';

interface Entry {
  readonly kind: 'Digest' | 'Tag';
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly mirrorSourcePolicy?: string | undefined;
}

// No host of one letter below the wildcard: as a prefix that is no longer than the wildcard, which then wins.
const sources = ['r.io', 'r.io/a', 'r.io/a/b', 's.io:5000', '*.w.io', 'host.w.io'];
const references = {
  Digest: `@sha256:${'1'.repeat(64)}`,
  Tag: ':v1',
};

const entryOf = fc.record({
  kind: fc.constantFrom('Digest' as const, 'Tag' as const),
  source: fc.constantFrom(...sources),
  mirrors: fc.uniqueArray(fc.constantFrom('m1.io/x', 'm2.io:5000/x', 'm3.io/x'), { maxLength: 2 }),
});

// One policy per source, since a conflict forbids rendering. One order for all mirrors of a wildcard, since a contradiction
// makes it a mirror of itself, for which `merge-order-cycle` has the word.
const entries = fc
  .tuple(fc.array(entryOf, { minLength: 1, maxLength: 6 }), fc.subarray(sources))
  .map(([list, closed]) =>
    list.map((entry) => ({
      ...entry,
      mirrors: entry.source.startsWith('*.') ? entry.mirrors.toSorted() : entry.mirrors,
      mirrorSourcePolicy: closed.includes(entry.source) ? 'NeverContactSource' : undefined,
    })),
  );

test('pulls are called stranded exactly where they have no place to go because of NeverContactSource', () => {
  fc.assert(
    fc.property(entries, (list) => {
      for (const [kind, code] of [
        ['Tag', 'never-contact-source-strands-tags'],
        ['Digest', 'never-contact-source-strands-digests'],
      ] as const) {
        const stranded = usedSources(list).filter((source) => {
          const isClosed = list.some((entry) => entry.source === source && entry.mirrorSourcePolicy);
          return isClosed && hasOwnTable(list, source) && triedAt(list, source, kind).length === 0;
        });
        expect(sourcesWith(list, code)).toEqual(stranded);
      }
    }),
    { numRuns: 300 },
  );
});

test('a source is called shadowing exactly where its pulls would find mirrors without it', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const shadowing = usedSources(list).filter((source) => {
        if (!hasOwnTable(list, source) || list.some((entry) => entry.source === source && entry.mirrorSourcePolicy))
          return false;
        const others = list.filter((entry) => entry.source !== source);
        return (['Digest', 'Tag'] as const).some(
          (kind) => mirrorsTried(list, source, kind) === 0 && mirrorsTried(others, source, kind) > 0,
        );
      });
      expect(sourcesWith(list, 'shadowed-by-longer-scope')).toEqual(shadowing);
    }),
    { numRuns: 300 },
  );
});

function usedSources(list: readonly Entry[]): string[] {
  return [...new Set(list.map(({ source }) => source))].sort();
}

function hasOwnTable(list: readonly Entry[], source: string): boolean {
  return list.some((entry) => entry.source === source && entry.mirrors.length > 0);
}

function objectsOf(list: readonly Entry[]): readonly LocatedObject[] {
  return list.map(({ kind, ...entry }, index) =>
    fromObject({
      apiVersion: 'config.openshift.io/v1',
      kind: `Image${kind}MirrorSet`,
      metadata: { name: `set-${index}` },
      spec: { [`image${kind}Mirrors`]: [entry] },
    }),
  );
}

/** Sources of the entries that a code is reported at; each entry is an object of its own. */
function sourcesWith(list: readonly Entry[], code: DiagnosticCode): string[] {
  const found = lintObjects(objectsOf(list), []).filter((diagnostic) => diagnostic.code === code);
  const indexes = found.map(({ object }) => Number(object?.split('-')[1]));
  return usedSources(indexes.flatMap((index) => list[index] ?? []));
}

/** What a pull of a repository that only this source is about tries. */
function triedAt(list: readonly Entry[], source: string, kind: Entry['kind']): readonly { readonly mirror: boolean }[] {
  const { config, registriesConf } = renderScope(objectsOf(list), { pool: 'worker' });
  if (!config) throw new Error('generated rules render');
  const image = `${source.replace('*', 'another')}/other${references[kind]}`;
  return resolvePull(prepareResolver(registriesConf), image).attempts.filter(({ outcome }) => outcome === 'tried');
}

function mirrorsTried(list: readonly Entry[], source: string, kind: Entry['kind']): number {
  return triedAt(list, source, kind).filter(({ mirror }) => mirror).length;
}

test('a wildcard whose mirrors contradict each other is said to fail, as it becomes a mirror of itself', () => {
  const entry = { kind: 'Digest', source: '*.w.io' } as const;
  const objects = objectsOf([
    { ...entry, mirrors: ['m3.io/x', 'm1.io/x'] },
    { ...entry, mirrors: ['m1.io/x', 'm3.io/x'] },
  ]);
  const messages = lintObjects(objects, []).map(({ message }) => message);
  expect(messages).toContainEqual(expect.stringContaining('"*.w.io" is no place to pull from'));
});
