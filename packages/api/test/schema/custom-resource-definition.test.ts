import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { findKind, kinds } from '../../src/kinds/index.ts';
import { toCustomResourceDefinition } from '../../src/schema/custom-resource-definition.ts';

function crdText(apiVersion: string, kind: string): string {
  const definition = findKind(apiVersion, kind);
  if (!definition) throw new Error(`no kind ${kind}`);
  return stringify(toCustomResourceDefinition(definition), { lineWidth: 0, aliasDuplicateObjects: false });
}

describe('the whole CustomResourceDefinition', () => {
  test.each([
    ['config.openshift.io/v1', 'ImageDigestMirrorSet'],
    ['config.openshift.io/v1', 'Image'],
    ['hypershift.openshift.io/v1beta1', 'NodePool'],
  ])('of %s %s', (apiVersion, kind) => {
    const golden = readFileSync(join(import.meta.dirname, 'golden', `${kind.toLowerCase()}.crd.yaml`), 'utf8');
    expect(crdText(apiVersion, kind)).toBe(golden);
  });
});

test('fields behind a feature gate are left out of the Default feature set alone', () => {
  const definition = findKind('machineconfiguration.openshift.io/v1', 'ContainerRuntimeConfig');
  if (!definition) throw new Error('no such kind');
  const text = (featureSet: 'Default' | 'CustomNoUpgrade') =>
    JSON.stringify(toCustomResourceDefinition(definition, { featureSet }));
  expect(text('Default')).not.toContain('containerGomaxprocsBehavior');
  expect(text('CustomNoUpgrade')).toContain('containerGomaxprocsBehavior');
});

test('no keyword of ours leaks into a CustomResourceDefinition', () => {
  const text = kinds.map((definition) => JSON.stringify(toCustomResourceDefinition(definition))).join('');
  for (const own of [
    '"texts"',
    '"featureGate"',
    '"intOrString"',
    '"preserveUnknownFields"',
    '"validations"',
    '"listType"',
  ]) {
    expect(text).not.toContain(own);
  }
});
