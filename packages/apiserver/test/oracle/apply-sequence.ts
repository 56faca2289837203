import type { Schema } from '@pullpath/api';
import { toOpenApiV3 } from '@pullpath/api';
import type { Random } from '@pullpath/testkit';
import { fieldSetOf, pathsOf } from '../../src/apply/fields/field-set.ts';
import { encodeFields } from '../../src/apply/fields/fields-v1.ts';
import { describePath } from '../../src/apply/fields/path-element.ts';
import { type Apply, type ApplyOutcome, applyOwned } from '../../src/apply/owners/apply-owners.ts';
import type { Owners } from '../../src/apply/owners/owner.ts';
import type { Conflict } from '../../src/apply/owners/take-fields.ts';
import { updateOwners } from '../../src/apply/owners/update-owners.ts';
import { typeFaults } from '../../src/apply/typed/check-typed.ts';
import { NoElementError } from '../../src/apply/typed/list-items.ts';
import { objectMetaSchema } from '../../src/apply/typed/object-meta.ts';
import { typeOfObject } from '../../src/apply/typed/type-of-schema.ts';
import { changedValue, generatedSchema, generatedValue } from './generated-objects.ts';

export interface Sequence {
  readonly schema: Schema;
  readonly ignored: readonly (readonly string[])[];
  readonly steps: readonly Step[];
}

interface Step {
  readonly manager: string;
  readonly apply: boolean;
  readonly force: boolean;
  readonly object: unknown;
}

/** What the oracle says of one step. */
export interface Result {
  readonly object: unknown;
  readonly managers: Readonly<Record<string, { readonly fields: unknown; readonly applied: boolean }>>;
  readonly conflicts?: readonly string[];
  readonly error?: string;
}

/** A schema, and up to eight applies and updates of one object by up to four managers. */
export function generatedSequence(random: Random): Sequence {
  const schema = generatedSchema(random);
  const appliers = ['a1', 'a2', 'a3'].slice(0, 1 + random.below(3));
  const steps: Step[] = [];
  for (let left = 3 + random.below(6); left > 0; left--) {
    const apply = !random.oneIn(3);
    const manager = apply ? random.pick(appliers) : 'u1';
    const before = steps.findLast((step) => step.manager === manager && step.object !== null)?.object;
    const object = before && !random.oneIn(4) ? changedValue(random, schema, before) : generatedValue(random, schema);
    steps.push({ manager, apply, force: random.oneIn(3), object: isMap(object) ? object : {} });
  }
  return { schema, ignored: random.oneIn(2) ? [['status']] : [], steps };
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As a server publishes the schema: with the fields that every object has. */
export function asWritten(schema: Schema): unknown {
  const text: Schema = { type: 'string' };
  const everyObject = { apiVersion: text, kind: text, metadata: objectMetaSchema };
  return toOpenApiV3({ ...schema, properties: { ...schema.properties, ...everyObject } });
}

interface State {
  readonly object: unknown;
  readonly owners: Owners;
  readonly conflicts?: readonly string[];
  readonly error?: true;
}

/** What our functions make of each step. */
export function ours(asked: Sequence): unknown[] {
  const results: unknown[] = [];
  let state: State = { object: {}, owners: new Map() };
  for (const step of asked.steps) {
    state = after({ object: state.object, owners: state.owners }, step, asked);
    results.push(describe(state));
  }
  return results;
}

function after(state: State, step: Step, { schema, ignored }: Sequence): State {
  const type = typeOfObject(schema);
  if (typeFaults(type, step.object, { allowDuplicates: !step.apply }).length > 0) return { ...state, error: true };
  const common = {
    type,
    apiVersion: 'v1',
    ignored: fieldSetOf(...ignored.map((path) => path.map((name) => `f:${name}`))),
    manager: step.manager,
    subresource: '',
    time: '2024-01-01T00:00:00Z',
  };
  if (!step.apply) {
    const change = { ...common, before: state.object, after: step.object };
    return { object: step.object, owners: updateOwners(change, state.owners, common) };
  }
  const outcome = applied({ ...common, live: state.object, config: step.object, force: step.force }, state.owners);
  if (!outcome) return { ...state, error: true };
  return 'conflicts' in outcome ? { ...state, conflicts: outcome.conflicts.flatMap(describeConflict).sort() } : outcome;
}

/** Undefined where an item of a list lost the fields by which it is found. */
function applied(apply: Apply, owners: Owners): ApplyOutcome | undefined {
  try {
    return applyOwned(apply, owners);
  } catch (error) {
    if (error instanceof NoElementError) return undefined;
    throw error;
  }
}

function describeConflict({ owner, fields }: Conflict): string[] {
  return pathsOf(fields).map((path) => `conflict with "${owner.manager}": ${describePath(path)}`);
}

function describe({ object, owners, conflicts, error }: State): unknown {
  const managers = [...owners.values()].map(({ manager, operation, fields }) => {
    return [manager, { fields: JSON.stringify(encodeFields(fields)), applied: operation === 'Apply' }] as const;
  });
  return { object, managers: Object.fromEntries(managers), ...(conflicts && { conflicts }), ...(error && { error }) };
}

/** The oracle's answer in the form of ours; fields as text, as their order counts. */
export function withoutTexts({ object, managers, conflicts, error }: Result): unknown {
  const owners = Object.entries(managers).map(
    ([name, { fields, applied }]) => [name, { fields: JSON.stringify(fields), applied }] as const,
  );
  return {
    object,
    managers: Object.fromEntries(owners),
    ...(conflicts && { conflicts }),
    ...(error !== undefined && { error: true }),
  };
}
