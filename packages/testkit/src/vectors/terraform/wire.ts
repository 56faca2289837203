import {
  type Connect,
  decodeMessage,
  encodeMessage,
  type Message,
  messages as m,
  ProviderSession,
  providerMethods,
  rhcsProvider,
} from '@pullpath/terraform-provider';
import { differenceOf } from '../compare.ts';
import type { Area } from '../run-vectors.ts';
import { type JsonObject, viewOf, withoutRefinements } from './wire-view.ts';

interface WireVector {
  readonly rpc: string;
  readonly requestBase64: string;
  readonly request: JsonObject;
  readonly response?: JsonObject;
  readonly exampleResponse?: JsonObject;
}

/** Requests of the real Terraform: decoded, encoded again, and answered by the provider itself. */
export const tfplugin6Wire: Area = {
  '': async (vector: WireVector) => {
    const bytes = Buffer.from(vector.requestBase64, 'base64');
    const { request, response } = tableOf(vector.rpc);
    checkRequest(request, bytes, vector.request);
    const expected = vector.response ?? vector.exampleResponse ?? {};
    const answer = viewOf(decodeMessage(response, await answerOf(vector.rpc, bytes, expected)));
    report(differenceOf(withoutRefinements(expected), renamed(vector.rpc, answer)));
  },
};

function checkRequest<T>(table: Message<T>, bytes: Uint8Array, expected: JsonObject): void {
  const decoded = decodeMessage(table, bytes);
  report(differenceOf(withoutRefinements(expected), viewOf(decoded)));
  report(differenceOf(viewOf(decoded), viewOf(decodeMessage(table, encodeMessage(table, decoded)))));
}

function report(difference: string | undefined): void {
  if (difference !== undefined) throw new Error(difference);
}

// The messages of those two RPCs have one shape here, with the name of the one.
function renamed(rpc: string, { state, ...answer }: JsonObject): JsonObject {
  if (state === undefined) return answer;
  return { ...answer, [rpc === 'UpgradeResourceState' ? 'upgraded_state' : 'state']: state };
}

async function answerOf(rpc: string, request: Uint8Array, expected: JsonObject): Promise<Uint8Array> {
  const surroundings = { env: { RHCS_TOKEN: 'token' }, connect: () => serverOf(expected), log: () => {} };
  const methods = providerMethods(new ProviderSession(rhcsProvider(surroundings)));
  const { signal } = new AbortController();
  const call = (name: string, bytes: Uint8Array) => {
    const handler = methods.get(`/tfplugin6.Provider/${name}`);
    if (handler === undefined) throw new Error(`the provider has no RPC ${name}`);
    return handler(bytes, signal);
  };
  if (rpc !== 'ConfigureProvider') await call('ConfigureProvider', new Uint8Array());
  return call(rpc, request);
}

/** An API that has exactly what the answer tells of, each object as the API would give it. */
function serverOf(expected: JsonObject): ReturnType<Connect> {
  const objects = [expected['new_state'], expected['state']].filter(
    (state) => typeof state === 'object' && state !== null,
  );
  return {
    send: async ({ path }) => {
      if (/\/clusters\/[^/]+$/.test(path)) return { state: 'ready', hypershift: { enabled: true } };
      const [state] = objects as JsonObject[];
      return path.endsWith('/image_mirrors') && state?.['image_mirrors'] ? { items: state['image_mirrors'] } : state;
    },
    accessToken: async () => 'token',
    tokens: () => ({ access: 'token', refresh: undefined }),
    close: () => {},
  };
}

interface Table {
  readonly request: Message<unknown>;
  readonly response: Message<unknown>;
}

const tables: Readonly<Record<string, Table>> = {
  GetProviderSchema: table(m.emptyMessage, m.schemaResponse),
  ValidateProviderConfig: table(m.validateProviderRequest, m.validateProviderResponse),
  ValidateResourceConfig: table(m.typedConfig, m.diagnosticsResponse),
  ValidateDataResourceConfig: table(m.typedConfig, m.diagnosticsResponse),
  ConfigureProvider: table(m.configureRequest, m.diagnosticsResponse),
  UpgradeResourceState: table(m.upgradeRequest, m.stateResponse),
  ReadResource: table(m.readRequest, m.readResponse),
  PlanResourceChange: table(m.planRequest, m.planResponse),
  ApplyResourceChange: table(m.applyRequest, m.applyResponse),
  ImportResourceState: table(m.importRequest, m.importResponse),
  ReadDataSource: table(m.typedConfig, m.stateResponse),
  StopProvider: table(m.emptyMessage, m.stopResponse),
};

function table<Q, A>(request: Message<Q>, response: Message<A>): Table {
  return { request, response } as unknown as Table;
}

function tableOf(rpc: string): Table {
  const found = tables[rpc];
  if (found === undefined) throw new Error(`no messages for the RPC ${rpc}`);
  return found;
}
