import { expect, test } from 'vitest';
import { planChange } from '../../src/framework/plan.ts';
import type { Schema } from '../../src/framework/schema.ts';
import { imageMirrorSchema } from '../../src/resources/image-mirror/schema.ts';
import { unknown } from '../../src/wire/values.ts';

const config = {
  cluster_id: 'c',
  source: 'quay.io/a',
  mirrors: ['m.io/a'],
  type: null,
  id: null,
  creation_timestamp: null,
  last_update_timestamp: null,
};
const prior = { ...config, type: 'digest', id: '1', creation_timestamp: 't1', last_update_timestamp: 't2' };

test('a new object has its defaults, and what the server says is unknown', () => {
  expect(planChange(imageMirrorSchema, { config, prior: null, proposed: config }).planned).toEqual({
    ...config,
    type: 'digest',
    id: unknown,
    creation_timestamp: unknown,
    last_update_timestamp: unknown,
  });
});

test('nothing changed, nothing is unknown', () => {
  const { planned, requiresReplace } = planChange(imageMirrorSchema, { config, prior, proposed: prior });
  expect(planned).toEqual(prior);
  expect(requiresReplace).toEqual([]);
});

test('an update keeps the id and makes both times unknown', () => {
  const change = { mirrors: ['m.io/b'] };
  const plan = planChange(imageMirrorSchema, {
    config: { ...config, ...change },
    prior,
    proposed: { ...prior, ...change },
  });
  expect(plan.planned).toEqual({ ...prior, ...change, creation_timestamp: unknown, last_update_timestamp: unknown });
  expect(plan.requiresReplace).toEqual([]);
});

test('another source and cluster make the object anew; the paths are sorted', () => {
  const change = { source: 'quay.io/b', cluster_id: 'd' };
  const plan = planChange(imageMirrorSchema, {
    config: { ...config, ...change },
    prior,
    proposed: { ...prior, ...change },
  });
  expect(plan.requiresReplace).toEqual([['cluster_id'], ['source']]);
});

test('a source that is only known after apply may be another one', () => {
  const change = { source: unknown };
  const plan = planChange(imageMirrorSchema, {
    config: { ...config, ...change },
    prior,
    proposed: { ...prior, ...change },
  });
  expect(plan.requiresReplace).toEqual([['source']]);
});

test('an object that goes is planned as nothing', () => {
  expect(planChange(imageMirrorSchema, { config: null, prior, proposed: null })).toEqual({
    planned: null,
    requiresReplace: [],
    diagnostics: [],
  });
});

const nested: Schema = {
  version: 0,
  description: '',
  attributes: {
    name: { description: '', mode: 'required', type: 'string', onChange: 'refuse' },
    sts: {
      description: '',
      mode: 'optional',
      type: {
        nesting: 'single',
        attributes: {
          role: { description: '', mode: 'required', type: 'string' },
          thumbprint: { description: '', mode: 'computed', type: 'string' },
        },
      },
    },
  },
};

test('computed attributes inside configured objects are unknown, others stay away', () => {
  const configured = { name: 'n', sts: { role: 'r', thumbprint: null } };
  expect(planChange(nested, { config: configured, prior: null, proposed: configured }).planned).toEqual({
    name: 'n',
    sts: { role: 'r', thumbprint: unknown },
  });
  const without = { name: 'n', sts: null };
  expect(planChange(nested, { config: without, prior: null, proposed: without }).planned).toEqual(without);
});

test('an attribute that cannot change refuses the plan and names both values; its removal is no change', () => {
  const before = { name: 'a', sts: null };
  const after = { name: 'b', sts: null };
  const { diagnostics } = planChange(nested, { config: after, prior: before, proposed: after });
  expect(diagnostics).toEqual([expect.objectContaining({ severity: 'error', path: ['name'] })]);
  expect(diagnostics[0]?.detail).toContain('Attribute name, cannot be changed from "a" to "b"');
  expect(planChange(nested, { config: null, prior: before, proposed: null }).diagnostics).toEqual([]);
});
