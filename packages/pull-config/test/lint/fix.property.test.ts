import { type LocatedObject, loadManifests, validateObject } from '@pullpath/api';
import { applyFixes, type Diagnostic } from '@pullpath/diagnostics';
import { manifestsText, seeded } from '@pullpath/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lintObjects, lintRules, listScopes, type NodeFile, renderScope, scopeName } from '../../src/index.ts';

/** A repair may make the next one possible; no chain of them is longer. */
const mostRounds = 10;

const changing = new Set<string>(lintRules.filter((rule) => rule.changesNodeFiles).map(({ code }) => code));

const manifests = fc.integer({ min: 0, max: 2 ** 31 }).map((seed) => manifestsText(seeded(seed)));

test('repairs come to an end, after which there is nothing to repair', () => {
  fc.assert(
    fc.property(manifests, (text) => {
      const fixed = repaired(text);
      expect(applyFixes('in.yaml', fixed, problemsOf(fixed))).toBe(fixed);
    }),
    { numRuns: 300 },
  );
});

test('repairs leave the files of nodes as they are, unless their rule says otherwise', () => {
  fc.assert(
    fc.property(manifests, (text) => {
      const fixed = repaired(text, ({ code }) => !changing.has(code));
      if (fixed !== text) expect(nodeFiles(fixed)).toMatchObject(nodeFiles(text));
    }),
    { numRuns: 300 },
  );
});

test('repairs keep the comments of the text', () => {
  fc.assert(
    fc.property(manifests, (text) => {
      expect(commentsOf(repaired(text))).toBe(commentsOf(text));
    }),
    { numRuns: 100 },
  );
});

test('of two policies of one name, of which the later one counts, none is converted', () => {
  const policy = (source: string): string =>
    `apiVersion: operator.openshift.io/v1alpha1\nkind: ImageContentSourcePolicy\nmetadata: {name: a}\nspec: {repositoryDigestMirrors: [{source: ${source}, mirrors: [m.io]}]}\n`;
  const text = `${policy('quay.io/a')}---\n${policy('quay.io/b')}`;
  expect(repaired(text)).toBe(text);
});

function repaired(text: string, chosen: (found: Diagnostic) => boolean = () => true): string {
  let current = text;
  for (let round = 0; round < mostRounds; round++) {
    const next = applyFixes('in.yaml', current, problemsOf(current).filter(chosen));
    if (next === current) return current;
    current = next;
  }
  throw new Error(`after ${mostRounds} rounds there is still something to repair in\n${current}`);
}

function load(text: string): ReturnType<typeof loadManifests> {
  return loadManifests([{ file: 'in.yaml', text }]);
}

function problemsOf(text: string): Diagnostic[] {
  const { objects, diagnostics } = load(text);
  return lintObjects(objects, [...diagnostics, ...objects.flatMap((object) => validateObject(object))]);
}

/** Of every scope that renders: what is refused before a repair may well be rendered after it. */
function nodeFiles(text: string): Record<string, readonly NodeFile[]> {
  const objects: readonly LocatedObject[] = load(text).objects;
  const scopes = listScopes(objects).map((scope) => renderScope(objects, scope));
  return Object.fromEntries(
    scopes.filter(({ config }) => config !== undefined).map(({ scope, tree }) => [scopeName(scope), tree]),
  );
}

function commentsOf(text: string): number {
  return text.split('# where to look first').length - 1;
}
