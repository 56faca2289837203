import type * as m from '../wire/messages.ts';
import type { DynamicValue } from '../wire/schema-messages.ts';
import { conform } from '../wire/types.ts';
import { decodeValue, encodeValue, isObject, type ObjectValue } from '../wire/values.ts';
import { type Diagnostic, diagnosticOf } from './diagnostic.ts';
import { type Plan, planChange } from './plan.ts';
import type { Applied, Call, Resource } from './resource.ts';
import { objectType, type Schema } from './schema.ts';
import { wireDiagnostics, wirePath } from './wire-diagnostics.ts';

/** Makes the call of an operation; throws where the provider is not configured. */
export type OpenCall<C> = () => Call<C>;

/** ReadResource: on failure the state stays as it was. */
export async function readManaged<C>(
  resource: Resource<C>,
  request: m.ReadRequest,
  open: OpenCall<C>,
): Promise<m.ReadResponse> {
  const before = stateOf(resource.schema, request.currentState);
  const read = async () => ({ state: before && (await resource.read(before, open())) });
  const { state, diagnostics } = await outcome(read, before);
  return { newState: encodeValue(state), diagnostics: wireDiagnostics(diagnostics), private: request.private };
}

/** PlanResourceChange: the plan of the schema, and what the resource has to say about it. */
export async function planManaged<C>(
  resource: Resource<C>,
  request: m.PlanRequest,
  open: OpenCall<C>,
): Promise<m.PlanResponse> {
  const prior = stateOf(resource.schema, request.priorState);
  const config = stateOf(resource.schema, request.config);
  const plan = planChange(resource.schema, {
    prior,
    config,
    proposed: stateOf(resource.schema, request.proposedNewState),
  });
  return {
    plannedState: encodeValue(plan.planned),
    requiresReplace: plan.requiresReplace.map(wirePath),
    plannedPrivate: request.priorPrivate,
    diagnostics: wireDiagnostics([...plan.diagnostics, ...(await previewOf(resource, prior, plan, open))]),
  };
}

async function previewOf<C>(
  resource: Resource<C>,
  prior: ObjectValue | null,
  plan: Plan,
  open: OpenCall<C>,
): Promise<readonly Diagnostic[]> {
  return resource.preview === undefined ? [] : resource.preview(prior, plan, open());
}

/** ApplyResourceChange: create, update or delete. After a failure the state is what it was before. */
export async function applyManaged<C>(
  resource: Resource<C>,
  request: m.ApplyRequest,
  open: OpenCall<C>,
): Promise<m.ApplyResponse> {
  const prior = stateOf(resource.schema, request.priorState);
  const planned = stateOf(resource.schema, request.plannedState);
  const { state, diagnostics } = await outcome(() => applyChange(resource, prior, planned, open()), prior);
  return {
    newState: encodeValue(state),
    private: request.plannedPrivate,
    diagnostics: wireDiagnostics(diagnostics),
  };
}

async function applyChange<C>(
  resource: Resource<C>,
  prior: ObjectValue | null,
  planned: ObjectValue | null,
  call: Call<C>,
): Promise<Outcome | Applied> {
  if (planned !== null) return prior === null ? resource.create(planned, call) : resource.update(prior, planned, call);
  if (prior !== null) await resource.delete(prior, call);
  return { state: null };
}

/** ImportResourceState: the attributes that the id tells; core reads the rest. */
export function importManaged<C>(resource: Resource<C>, { typeName, id }: m.ImportRequest): m.ImportResponse {
  try {
    const state = conform(objectType(resource.schema.attributes), resource.importState(id));
    const imported = { typeName, state: encodeValue(state), private: new Uint8Array() };
    return { importedResources: [imported], diagnostics: [] };
  } catch (thrown) {
    return { importedResources: [], diagnostics: wireDiagnostics([diagnosticOf(thrown)]) };
  }
}

interface Outcome {
  readonly state: ObjectValue | null;
  readonly diagnostics?: readonly Diagnostic[];
}

async function outcome(
  operate: () => Promise<Outcome>,
  before: ObjectValue | null,
): Promise<{ state: ObjectValue | null; diagnostics: readonly Diagnostic[] }> {
  try {
    const { state, diagnostics = [] } = await operate();
    return { state, diagnostics };
  } catch (thrown) {
    return { state: before, diagnostics: [diagnosticOf(thrown)] };
  }
}

function stateOf({ attributes }: Schema, value: DynamicValue | undefined): ObjectValue | null {
  const state = conform(objectType(attributes), decodeValue(value));
  return isObject(state) ? state : null;
}
