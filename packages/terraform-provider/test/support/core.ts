import { expect } from 'vitest';
import { providerMethods } from '../../src/framework/rpcs.ts';
import { type Attributes, isNested, type Schema } from '../../src/framework/schema.ts';
import { ProviderSession } from '../../src/framework/session.ts';
import { connect } from '../../src/provider/connect.ts';
import { rhcsProvider } from '../../src/provider/index.ts';
import * as m from '../../src/wire/messages.ts';
import { decodeMessage, encodeMessage, type Message } from '../../src/wire/protobuf.ts';
import type { WireDiagnostic } from '../../src/wire/schema-messages.ts';
import {
  decodeValue,
  encodeValue,
  equal,
  hasUnknown,
  isObject,
  type ObjectValue,
  unknown,
  type Value,
} from '../../src/wire/values.ts';

/** What an operation ended with. Diagnostics are `severity summary: detail`. */
export interface CoreResult {
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly string[];
  readonly replaced: boolean;
}

export interface CorePlan {
  readonly planned: ObjectValue | null;
  /** Names of the attributes that make the object anew. */
  readonly replace: readonly string[];
  readonly diagnostics: readonly string[];
}

/** Drives a provider as Terraform core does, over encoded messages, and holds it to the rules that core enforces. */
export interface Core {
  validate(type: string, config: ObjectValue): Promise<readonly string[]>;
  plan(type: string, config: ObjectValue | null, prior: ObjectValue | null): Promise<CorePlan>;
  /** Plans and applies; a replacement deletes first. */
  apply(type: string, config: ObjectValue | null, prior: ObjectValue | null): Promise<CoreResult>;
  refresh(type: string, state: ObjectValue): Promise<CoreResult>;
  import(type: string, id: string): Promise<CoreResult>;
  data(type: string, config: ObjectValue): Promise<CoreResult>;
  stop(): Promise<void>;
}

export interface CoreOptions {
  readonly protocol?: 5 | 6;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts and configures a provider in this process. */
export async function startCore(provider: ObjectValue, { protocol = 6, env = {} }: CoreOptions = {}): Promise<Core> {
  const own = rhcsProvider({ env, connect, log: () => {} });
  const methods = providerMethods(new ProviderSession(own));
  const { signal } = new AbortController();
  const call = async <Q, A>([v6, v5]: Names, request: Message<Q>, response: Message<A>, value: Q): Promise<A> => {
    const handler = methods.get(`/tfplugin${protocol}.Provider/${protocol === 6 ? v6 : v5}`);
    if (handler === undefined) throw new Error(`no RPC ${v6}`);
    return decodeMessage(response, await handler(encodeMessage(request, value), signal));
  };
  const schemaOf = (type: string): Schema => own.resources[type]?.schema ?? own.dataSources[type]!.schema;
  const whole = (type: string, config: ObjectValue): ObjectValue => filled(schemaOf(type).attributes, config);
  const configured = await call(['ConfigureProvider', 'Configure'], m.configureRequest, m.diagnosticsResponse, {
    terraformVersion: '1.11.4',
    config: encodeValue(filled(own.schema.attributes, provider)),
  });
  expect(configured.diagnostics).toEqual([]);

  async function plan(type: string, config: ObjectValue | null, prior: ObjectValue | null): Promise<CorePlan> {
    const wanted = config && whole(type, config);
    const proposed = wanted && proposedState(schemaOf(type).attributes, wanted, prior);
    const answer = await call(['PlanResourceChange', 'PlanResourceChange'], m.planRequest, m.planResponse, {
      typeName: type,
      priorState: encodeValue(prior),
      proposedNewState: encodeValue(proposed),
      config: encodeValue(wanted),
      priorPrivate: new Uint8Array(),
    });
    const planned = decodeValue(answer.plannedState) as ObjectValue | null;
    if (planned && wanted) checkPlan(schemaOf(type).attributes, planned, wanted, prior);
    const replace = answer.requiresReplace.map(({ steps }) => steps[0]?.attributeName ?? '');
    return { planned, replace, diagnostics: texts(answer.diagnostics) };
  }

  async function applyPlanned(
    type: string,
    config: ObjectValue | null,
    prior: ObjectValue | null,
    planned: ObjectValue | null,
  ) {
    const answer = await call(['ApplyResourceChange', 'ApplyResourceChange'], m.applyRequest, m.applyResponse, {
      typeName: type,
      priorState: encodeValue(prior),
      plannedState: encodeValue(planned),
      config: encodeValue(config && whole(type, config)),
      plannedPrivate: new Uint8Array(),
    });
    const state = decodeValue(answer.newState) as ObjectValue | null;
    const diagnostics = texts(answer.diagnostics);
    if (state && planned && diagnostics.length === 0) checkResult(state, planned);
    return { state, diagnostics };
  }

  async function apply(type: string, config: ObjectValue | null, prior: ObjectValue | null): Promise<CoreResult> {
    const first = await plan(type, config, prior);
    if (first.diagnostics.some(isError)) return { state: prior, diagnostics: first.diagnostics, replaced: false };
    if (prior === null || first.replace.length === 0) {
      return { ...(await applyPlanned(type, config, prior, first.planned)), replaced: false };
    }
    const gone = await applyPlanned(type, null, prior, null);
    if (gone.diagnostics.some(isError)) return { ...gone, replaced: false };
    const anew = await plan(type, config, null);
    return { ...(await applyPlanned(type, config, null, anew.planned)), replaced: true };
  }

  return {
    plan,
    apply,
    validate: async (type, config) => {
      const request = { typeName: type, config: encodeValue(whole(type, config)) };
      const names: Names =
        type in own.resources
          ? ['ValidateResourceConfig', 'ValidateResourceTypeConfig']
          : ['ValidateDataResourceConfig', 'ValidateDataSourceConfig'];
      return texts((await call(names, m.typedConfig, m.diagnosticsResponse, request)).diagnostics);
    },
    refresh: async (type, state) => {
      const request = { typeName: type, currentState: encodeValue(state), private: new Uint8Array() };
      const answer = await call(['ReadResource', 'ReadResource'], m.readRequest, m.readResponse, request);
      return {
        state: decodeValue(answer.newState) as ObjectValue | null,
        diagnostics: texts(answer.diagnostics),
        replaced: false,
      };
    },
    import: async (type, id) => {
      const names: Names = ['ImportResourceState', 'ImportResourceState'];
      const { importedResources, diagnostics } = await call(names, m.importRequest, m.importResponse, {
        typeName: type,
        id,
      });
      const state = decodeValue(importedResources[0]?.state) as ObjectValue | null;
      return { state, diagnostics: texts(diagnostics), replaced: false };
    },
    data: async (type, config) => {
      const request = { typeName: type, config: encodeValue(whole(type, config)) };
      const answer = await call(['ReadDataSource', 'ReadDataSource'], m.typedConfig, m.stateResponse, request);
      return {
        state: decodeValue(answer.state) as ObjectValue | null,
        diagnostics: texts(answer.diagnostics),
        replaced: false,
      };
    },
    stop: async () => void (await call(['StopProvider', 'Stop'], m.emptyMessage, m.stopResponse, {})),
  };
}

type Names = readonly [v6: string, v5: string];

function texts(diagnostics: readonly WireDiagnostic[]): string[] {
  return diagnostics.map(
    ({ severity, summary, detail }) => `${severity === 1 ? 'error' : 'warning'} ${summary}: ${detail}`,
  );
}

function isError(diagnostic: string): boolean {
  return diagnostic.startsWith('error');
}

/** The configuration with every attribute of the schema, as core sends it. */
function filled(attributes: Attributes, value: ObjectValue): ObjectValue {
  const members = Object.entries(attributes).map(([name, { type }]) => {
    const member = value[name] ?? null;
    return [
      name,
      isNested(type) && type.nesting === 'single' && isObject(member) ? filled(type.attributes, member) : member,
    ];
  });
  return Object.fromEntries(members);
}

/** objchange.ProposedNew: what is configured, and the prior value of what the provider computes. */
function proposedState(attributes: Attributes, config: ObjectValue, prior: ObjectValue | null): ObjectValue {
  const members = Object.entries(attributes).map(([name, { mode }]) => {
    const configured = config[name] ?? null;
    return [name, configured === null && mode.includes('computed') ? (prior?.[name] ?? null) : configured];
  });
  return Object.fromEntries(members);
}

// "Provider produced invalid plan": only computed attributes that are not configured may be filled.
function checkPlan(attributes: Attributes, planned: ObjectValue, config: ObjectValue, prior: ObjectValue | null): void {
  expect(Object.keys(planned).sort()).toEqual(Object.keys(attributes).sort());
  for (const [name, { mode }] of Object.entries(attributes)) {
    const isFree = (config[name] ?? null) === null && mode.includes('computed');
    const holds = equal(planned[name], config[name] ?? null) || equal(planned[name], prior?.[name]);
    expect(isFree || holds, `planned ${name}`).toBe(true);
  }
}

// "Provider produced inconsistent result after apply": known planned values stay, and nothing is unknown.
function checkResult(state: ObjectValue, planned: ObjectValue): void {
  expect(hasUnknown(state), 'state is known').toBe(false);
  for (const [name, value] of Object.entries(planned))
    expect(agrees(state[name] ?? null, value), `result ${name}`).toBe(true);
}

function agrees(actual: Value, planned: Value): boolean {
  return planned === unknown || hasUnknown(planned) || equal(actual, planned);
}
