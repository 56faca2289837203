import { bytes, flag, int, list, message, oneOf, text } from './fields.ts';
import type { Message } from './protobuf.ts';

/** A value as MessagePack, or (never from core, but allowed) as JSON. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
  readonly json: Uint8Array;
}

export const dynamicValue: Message<DynamicValue> = { msgpack: bytes(1), json: bytes(2) };

/** One step of the path to an attribute; exactly one member is set. */
export interface WireStep {
  readonly attributeName: string | undefined;
  readonly elementKeyString: string | undefined;
  readonly elementKeyInt: number | undefined;
}

export interface WirePath {
  readonly steps: readonly WireStep[];
}

const step: Message<WireStep> = {
  attributeName: oneOf(text(1), (out, value) => out.tag(1, 2).block(Buffer.from(value))),
  elementKeyString: oneOf(text(2), (out, value) => out.tag(2, 2).block(Buffer.from(value))),
  elementKeyInt: oneOf(int(3), (out, value) => out.tag(3, 0).varint(value)),
};

export const path: Message<WirePath> = { steps: list(1, step) };

export interface WireDiagnostic {
  /** 1 is an error, 2 a warning. */
  readonly severity: number;
  readonly summary: string;
  readonly detail: string;
  readonly attribute: WirePath | undefined;
}

export const diagnostic: Message<WireDiagnostic> = {
  severity: int(1),
  summary: text(2),
  detail: text(3),
  attribute: message(4, path),
};

export interface WireAttribute {
  readonly name: string;
  /** The JSON of a cty type; empty where `nestedType` is set. */
  readonly type: Uint8Array;
  readonly description: string;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly deprecated: boolean;
  /** Protocol 6 only. */
  readonly nestedType: WireObject | undefined;
}

export interface WireObject {
  readonly attributes: readonly WireAttribute[];
  /** 1 single, 2 list, 3 set, 4 map. */
  readonly nesting: number;
}

const attribute: Message<WireAttribute> = {
  name: text(1),
  type: bytes(2),
  description: text(3),
  required: flag(4),
  optional: flag(5),
  computed: flag(6),
  sensitive: flag(7),
  deprecated: flag(9),
  nestedType: message<WireObject>(10, (): Message<WireObject> => nestedObject),
};

const nestedObject: Message<WireObject> = { attributes: list(1, attribute), nesting: int(3) };

export interface WireBlock {
  readonly attributes: readonly WireAttribute[];
  readonly description: string;
}

const block: Message<WireBlock> = { attributes: list(2, attribute), description: text(4) };

export interface WireSchema {
  readonly version: number;
  readonly block: WireBlock | undefined;
}

export const schema: Message<WireSchema> = { version: int(1), block: message(2, block) };

export interface ServerCapabilities {
  readonly planDestroy: boolean;
  readonly getProviderSchemaOptional: boolean;
}

export const capabilities: Message<ServerCapabilities> = { planDestroy: flag(1), getProviderSchemaOptional: flag(2) };
