export type { Provider } from './framework/resource.ts';
export { providerMethods } from './framework/rpcs.ts';
export { ProviderSession } from './framework/session.ts';
export type { UnaryHandler } from './plugin/grpc.ts';
export { providerAddress, providerVersion } from './provider/address.ts';
export type { Connect, Context } from './provider/context.ts';
export { rhcsProvider, type Surroundings } from './provider/index.ts';

export * as messages from './wire/messages.ts';
export { decodeMessage, encodeMessage, type Message } from './wire/protobuf.ts';
export { decodeValue, encodeValue, isUnknown, unknown, type Value } from './wire/values.ts';
