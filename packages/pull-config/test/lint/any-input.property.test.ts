import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadManifests, validateObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lintObjects } from '../../src/index.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const inputs = readdirSync(fixtures).map((code) => {
  const text = readFileSync(join(fixtures, code, 'bad.yaml'), 'utf8');
  return loadManifests([{ file: 'in.yaml', text }]).objects.map(({ object }) => object);
});

function lint(objects: readonly unknown[]): readonly Diagnostic[] {
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const loaded = loadManifests([{ file: 'in.yaml', text }]);
  return lintObjects(loaded.objects, [
    ...loaded.diagnostics,
    ...loaded.objects.flatMap((each) => validateObject(each)),
  ]);
}

/** The data with the value at some places, counted from the root in the order of the text, put in their stead. */
function withValues(data: unknown, values: ReadonlyMap<number, unknown>): unknown {
  let count = 0;
  const visit = (value: unknown): unknown => {
    const place = count++;
    if (values.has(place)) return values.get(place);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member)]));
  };
  return visit(data);
}

const wrong = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>({ toString: 1 }, [null], '', '*.', 'https://x', 'a@b', 'quay.io/A', -1, 1e300),
);
const places = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), wrong), {
  minLength: 1,
  maxLength: 4,
  selector: ([place]) => place,
});

test('whatever stands in a manifest, lint answers with diagnostics that all have a sentence', () => {
  fc.assert(
    fc.property(fc.constantFrom(...inputs), places, (input, values) => {
      for (const { message } of lint(withValues(input, new Map(values)) as unknown[])) expect(message).not.toBe('');
    }),
    { numRuns: 300 },
  );
});
