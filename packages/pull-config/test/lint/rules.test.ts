import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocatedObject, loadManifests, validateObject } from '@pullpath/api';
import { applyEdits, type Diagnostic } from '@pullpath/diagnostics';
import { describe, expect, test } from 'vitest';
import { type LintRule, lintObjects, lintRules, listScopes, renderScope } from '../../src/index.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

test('every rule has a fixture pair, and every pair its rule', () => {
  const pairs = readdirSync(fixtures).filter((code) => isPair(join(fixtures, code)));
  expect(pairs.sort()).toEqual(lintRules.map(({ code }) => code).sort());
});

test('every rule says in whole sentences what goes wrong for a user', () => {
  for (const { why } of lintRules) expect(why).toMatch(/^[A-Z].*\.$/s);
});

describe.each(lintRules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  const bad = readFixture(code, 'bad.yaml');

  test('is reported where bad.yaml expects it', () => {
    expect(placesOf(findingsOf(rule, bad))).toEqual(expectedPlaces(bad));
  });

  test('is silent about good.yaml', () => {
    expect(placesOf(findingsOf(rule, readFixture(code, 'good.yaml')))).toEqual([]);
  });

  test('says one sentence without a period, at most as severe as the rule', () => {
    for (const { message, severity } of findingsOf(rule, bad)) {
      expect(message).not.toMatch(/\.$|\n/);
      expect(severities.indexOf(severity)).toBeLessThanOrEqual(severities.indexOf(rule.severity));
    }
  });

  test('leaves nothing of what it says better', () => {
    const better = findingsOf(rule, bad).map(placeOf);
    const left = lint(bad).filter((other) => rule.replaces?.includes(other.code) && better.includes(placeOf(other)));
    expect(left).toEqual([]);
  });

  if (!existsSync(join(fixtures, code, 'fixed.yaml'))) {
    test('offers no repair', () => {
      expect(findingsOf(rule, bad).flatMap(({ fix }) => fix ?? [])).toEqual([]);
    });
    return;
  }

  test('repairs bad.yaml to fixed.yaml', () => {
    expect(repaired(rule, bad)).toBe(readFixture(code, 'fixed.yaml'));
  });

  test('has nothing to repair in fixed.yaml', () => {
    const fixed = readFixture(code, 'fixed.yaml');
    expect(repaired(rule, fixed)).toBe(fixed);
  });

  if (!rule.changesNodeFiles) {
    test('its repair leaves the files of nodes as they are', () => {
      expect(nodeFiles(readFixture(code, 'fixed.yaml'))).toEqual(nodeFiles(bad));
    });
  }
});

const severities = ['info', 'warning', 'error'];

function isPair(folder: string): boolean {
  return existsSync(join(folder, 'bad.yaml')) && existsSync(join(folder, 'good.yaml'));
}

function readFixture(code: string, file: string): string {
  return readFileSync(join(fixtures, code, file), 'utf8');
}

/** The places in the comments `# expect: <line>:<column>` of a fixture. */
function expectedPlaces(text: string): string[] {
  return [...text.matchAll(/^# expect: (\d+:\d+)$/gm)].map(([, place]) => place ?? '').sort();
}

function load(text: string): { objects: readonly LocatedObject[]; diagnostics: readonly Diagnostic[] } {
  const { objects, diagnostics } = loadManifests([{ file: 'in.yaml', text }]);
  return { objects, diagnostics: [...diagnostics, ...objects.flatMap((object) => validateObject(object))] };
}

function lint(text: string): readonly Diagnostic[] {
  const { objects, diagnostics } = load(text);
  return lintObjects(objects, diagnostics);
}

function findingsOf(rule: LintRule, text: string): readonly Diagnostic[] {
  return lint(text).filter(({ code }) => code === rule.code);
}

function placesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(placeOf).sort();
}

function placeOf({ at }: Diagnostic): string {
  return `${at?.start.line}:${at?.start.column}`;
}

function repaired(rule: LintRule, text: string): string {
  return applyEdits(
    text,
    findingsOf(rule, text).flatMap(({ fix }) => fix?.edits ?? []),
  );
}

function nodeFiles(text: string): unknown {
  const { objects } = load(text);
  return listScopes(objects).map((scope) => ({ scope, tree: renderScope(objects, scope).tree }));
}
