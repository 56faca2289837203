import type { UnaryHandler } from '../plugin/grpc.ts';
import * as m from '../wire/messages.ts';
import { decodeMessage, encodeMessage, type Message } from '../wire/protobuf.ts';
import type { ProviderSession } from './session.ts';

/** The RPCs of a provider by gRPC path, in both protocols. What is not here is answered with UNIMPLEMENTED. */
export function providerMethods<C>(session: ProviderSession<C>): Map<string, UnaryHandler> {
  return new Map(
    rpcsOf(session).flatMap(({ v6, v5, handle }) => [
      [`/tfplugin6.Provider/${v6}`, (bytes: Uint8Array, signal: AbortSignal) => handle(bytes, signal, 6)] as const,
      [`/tfplugin5.Provider/${v5}`, (bytes: Uint8Array, signal: AbortSignal) => handle(bytes, signal, 5)] as const,
    ]),
  );
}

interface Rpc {
  /** The name in protocol 6. */
  readonly v6: string;
  readonly v5: string;
  readonly handle: (bytes: Uint8Array, signal: AbortSignal, protocol: 5 | 6) => Promise<Uint8Array>;
}

function rpcsOf<C>(session: ProviderSession<C>): Rpc[] {
  return [
    rpc('GetProviderSchema', 'GetSchema', m.emptyMessage, m.schemaResponse, (_, { protocol }) =>
      session.schema(protocol),
    ),
    rpc(
      'ValidateProviderConfig',
      'PrepareProviderConfig',
      m.validateProviderRequest,
      m.validateProviderResponse,
      (request, { protocol }) => session.validateProvider(request, protocol),
    ),
    rpc('ValidateResourceConfig', 'ValidateResourceTypeConfig', m.typedConfig, m.diagnosticsResponse, (request) =>
      session.validateResource(request),
    ),
    rpc('ValidateDataResourceConfig', 'ValidateDataSourceConfig', m.typedConfig, m.diagnosticsResponse, (request) =>
      session.validateDataSource(request),
    ),
    rpc('ConfigureProvider', 'Configure', m.configureRequest, m.diagnosticsResponse, (request) =>
      session.configure(request),
    ),
    rpc('UpgradeResourceState', 'UpgradeResourceState', m.upgradeRequest, m.stateResponse, (request) =>
      session.upgrade(request),
    ),
    rpc('ReadResource', 'ReadResource', m.readRequest, m.readResponse, (request, { signal }) =>
      session.read(request, signal),
    ),
    rpc('PlanResourceChange', 'PlanResourceChange', m.planRequest, m.planResponse, (request, { signal }) =>
      session.plan(request, signal),
    ),
    rpc('ApplyResourceChange', 'ApplyResourceChange', m.applyRequest, m.applyResponse, (request, { signal }) =>
      session.apply(request, signal),
    ),
    rpc('ImportResourceState', 'ImportResourceState', m.importRequest, m.importResponse, (request) =>
      session.import(request),
    ),
    rpc('ReadDataSource', 'ReadDataSource', m.typedConfig, m.stateResponse, (request, { signal }) =>
      session.readDataSource(request, signal),
    ),
    rpc('StopProvider', 'Stop', m.emptyMessage, m.stopResponse, () => session.stop()),
  ];
}

interface RpcCall {
  readonly signal: AbortSignal;
  readonly protocol: 5 | 6;
}

function rpc<Q, A>(
  v6: string,
  v5: string,
  request: Message<Q>,
  response: Message<A>,
  answer: (request: Q, call: RpcCall) => A | Promise<A>,
): Rpc {
  return {
    v6,
    v5,
    handle: async (bytes, signal, protocol) =>
      encodeMessage(response, await answer(decodeMessage(request, bytes), { signal, protocol })),
  };
}
