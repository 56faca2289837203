import { expect, test } from 'vitest';
import { withoutZeroNulls, withZeroFields, zeroFields } from '../../src/apply/zero-fields.ts';

const zero = zeroFields({ group: 'apps', kind: 'Deployment', strategicMerge: true });

test('a built-in gets the members whose Go type is no pointer', () => {
  const object = { spec: { replicas: 1, template: { spec: { nodeName: 'n' } } } };
  expect(withZeroFields(object, zero)).toEqual({
    metadata: {},
    spec: {
      replicas: 1,
      selector: null,
      strategy: {},
      template: { metadata: {}, spec: { containers: null, nodeName: 'n' } },
    },
    status: {},
  });
});

test('what is null only for that reason is left out again', () => {
  const object = { spec: { selector: null, replicas: null, template: { spec: { containers: null } } } };
  expect(withoutZeroNulls(object, zero)).toEqual({ spec: { replicas: null, template: { spec: {} } } });
});

test('a custom resource has no such members, whatever its name', () => {
  expect(zeroFields({ group: 'apps', kind: 'Deployment', strategicMerge: false })).toEqual({});
});
