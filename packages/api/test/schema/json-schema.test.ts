import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findKind, kinds } from '../../src/kinds/index.ts';
import { toJsonSchema } from '../../src/schema/json-schema.ts';
import { unknownFields } from '../../src/schema/prune.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { validate } from '../../src/schema/validate.ts';
import { accepts } from './json-schema-reader.ts';

test('a kind is fixed by its apiVersion and kind', () => {
  const schema = toJsonSchema(kindOf('ImageTagMirrorSet'));
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ImageTagMirrorSet',
    properties: { apiVersion: { const: 'config.openshift.io/v1' }, kind: { const: 'ImageTagMirrorSet' } },
    required: ['apiVersion', 'kind', 'spec'],
  });
});

// Rules in CEL, map keys and formats have no counterpart, so a kind without them must agree to the letter.
test.each(['ImageDigestMirrorSet', 'ImageTagMirrorSet', 'ImageContentSourcePolicy', 'MachineConfig', 'KubeletConfig'])(
  'the schema of %s accepts and refuses what validation does',
  (kind) => {
    const definition = kindOf(kind);
    const jsonSchema = toJsonSchema(definition);
    fc.assert(
      fc.property(samplesOf(definition.schema.properties?.['spec'] ?? {}), (spec) => {
        const object = { apiVersion: `${definition.group}/${definition.version}`, kind, metadata: { name: 'x' }, spec };
        const sound =
          validate(definition.schema, object).length + unknownFields(definition.schema, object).length === 0;
        expect({ spec, accepted: accepts(jsonSchema, object) }).toEqual({ spec, accepted: sound });
      }),
      { numRuns: 400 },
    );
  },
);

function kindOf(kind: string) {
  const definition = kinds.find((candidate) => candidate.kind === kind);
  if (!definition || !findKind('v1', 'Secret')) throw new Error(`no kind ${kind}`);
  return definition;
}

const stray = fc.oneof(
  fc.constantFrom<unknown>('', 'x', 'https://x', 0, -1, 11, 1.5, true),
  fc.constant([]),
  fc.constant({}),
);

/** Values that mostly fit the schema, with strays here and there. Nulls are left out: the server drops them. */
function samplesOf(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fitting(schema) }, { weight: 1, arbitrary: stray });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return fc.integer({ min: 0, max: 10 });
  if (schema.type === 'string') return fc.constantFrom('quay.io/ns', 'm.corp', '*.example.com', 'a b');
  if (schema.items) return fc.array(samplesOf(schema.items), { maxLength: 3 });
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, child]) => [name, fc.option(samplesOf(child), { nil: undefined })] as const,
  );
  const known = fc.record(Object.fromEntries(members)).map((value) => JSON.parse(JSON.stringify(value)) as object);
  return fc
    .tuple(known, fc.boolean())
    .map(([value, extra]) => (extra && Math.abs(members.length) % 2 ? { ...value, undeclared: 1 } : value));
}
