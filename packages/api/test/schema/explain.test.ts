import { expect, test } from 'vitest';
import { findKind } from '../../src/kinds/index.ts';
import { explain } from '../../src/schema/explain.ts';

const definition = findKind('config.openshift.io/v1', 'ImageTagMirrorSet');
if (!definition) throw new Error('no such kind');

test('a field is explained with its type, values and fields', () => {
  expect(explain(definition, 'spec.imageTagMirrors.mirrorSourcePolicy')).toBe(`GROUP:      config.openshift.io
KIND:       ImageTagMirrorSet
VERSION:    v1

FIELD: mirrorSourcePolicy <string>

DESCRIPTION:
    What happens once every mirror failed: \`AllowContactingSource\` (the default)
    tries the source itself, \`NeverContactSource\` gives up.
    ENUM: "NeverContactSource", "AllowContactingSource"

`);
});

test('a path goes through lists, and required fields are marked', () => {
  const text = explain(definition, 'spec.imageTagMirrors');
  expect(text).toContain('FIELD: imageTagMirrors <[]Object>');
  expect(text).toContain('  mirrors\t<[]string>\n');
  expect(text).toContain('  source\t<string> -required-\n');
});

test('the kind itself is explained without a path', () => {
  expect(explain(definition)).toContain('  spec\t<Object> -required-\n');
});

test.each(['spec.nope', 'constructor', 'spec.imageTagMirrors.source.deeper'])('there is no field %s', (path) => {
  expect(explain(definition, path)).toBeUndefined();
});
