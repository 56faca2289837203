import { bytes, int, list, message, text, textMap } from './fields.ts';
import type { Message } from './protobuf.ts';
import {
  capabilities,
  type DynamicValue,
  diagnostic,
  dynamicValue,
  path,
  type ServerCapabilities,
  schema,
  type WireDiagnostic,
  type WirePath,
  type WireSchema,
} from './schema-messages.ts';

export interface SchemaResponse {
  readonly provider: WireSchema | undefined;
  readonly resourceSchemas: ReadonlyMap<string, WireSchema>;
  readonly dataSourceSchemas: ReadonlyMap<string, WireSchema>;
  readonly diagnostics: readonly WireDiagnostic[];
  readonly serverCapabilities: ServerCapabilities | undefined;
}

export const schemaResponse: Message<SchemaResponse> = {
  provider: message(1, schema),
  resourceSchemas: textMap(2, schema),
  dataSourceSchemas: textMap(3, schema),
  diagnostics: list(4, diagnostic),
  serverCapabilities: message(6, capabilities),
};

/** The answers that hold nothing but diagnostics. */
export interface DiagnosticsResponse {
  readonly diagnostics: readonly WireDiagnostic[];
}

export const diagnosticsResponse: Message<DiagnosticsResponse> = { diagnostics: list(1, diagnostic) };

export interface ValidateProviderResponse {
  /** Protocol 5 wants the configuration back. */
  readonly preparedConfig: DynamicValue | undefined;
  readonly diagnostics: readonly WireDiagnostic[];
}

export const validateProviderRequest: Message<{ config: DynamicValue | undefined }> = {
  config: message(1, dynamicValue),
};

export const validateProviderResponse: Message<ValidateProviderResponse> = {
  preparedConfig: message(1, dynamicValue),
  diagnostics: list(2, diagnostic),
};

export interface ConfigureRequest {
  readonly terraformVersion: string;
  readonly config: DynamicValue | undefined;
}

export const configureRequest: Message<ConfigureRequest> = {
  terraformVersion: text(1),
  config: message(2, dynamicValue),
};

export interface TypedConfig {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
}

/** Requests of both validations and of ReadDataSource. */
export const typedConfig: Message<TypedConfig> = { typeName: text(1), config: message(2, dynamicValue) };

export interface UpgradeRequest {
  readonly typeName: string;
  readonly version: number;
  readonly rawState: { readonly json: Uint8Array } | undefined;
}

export const upgradeRequest: Message<UpgradeRequest> = {
  typeName: text(1),
  version: int(2),
  rawState: message<{ json: Uint8Array }>(3, { json: bytes(1) }),
};

/** Answers of UpgradeResourceState and ReadDataSource. */
export interface StateResponse {
  readonly state: DynamicValue | undefined;
  readonly diagnostics: readonly WireDiagnostic[];
}

export const stateResponse: Message<StateResponse> = {
  state: message(1, dynamicValue),
  diagnostics: list(2, diagnostic),
};

export interface ReadRequest {
  readonly typeName: string;
  readonly currentState: DynamicValue | undefined;
  readonly private: Uint8Array;
}

export const readRequest: Message<ReadRequest> = {
  typeName: text(1),
  currentState: message(2, dynamicValue),
  private: bytes(3),
};

export interface ReadResponse {
  readonly newState: DynamicValue | undefined;
  readonly diagnostics: readonly WireDiagnostic[];
  readonly private: Uint8Array;
}

export const readResponse: Message<ReadResponse> = {
  newState: message(1, dynamicValue),
  diagnostics: list(2, diagnostic),
  private: bytes(3),
};

export interface PlanRequest {
  readonly typeName: string;
  readonly priorState: DynamicValue | undefined;
  readonly proposedNewState: DynamicValue | undefined;
  readonly config: DynamicValue | undefined;
  readonly priorPrivate: Uint8Array;
}

export const planRequest: Message<PlanRequest> = {
  typeName: text(1),
  priorState: message(2, dynamicValue),
  proposedNewState: message(3, dynamicValue),
  config: message(4, dynamicValue),
  priorPrivate: bytes(5),
};

export interface PlanResponse {
  readonly plannedState: DynamicValue | undefined;
  readonly requiresReplace: readonly WirePath[];
  readonly plannedPrivate: Uint8Array;
  readonly diagnostics: readonly WireDiagnostic[];
}

export const planResponse: Message<PlanResponse> = {
  plannedState: message(1, dynamicValue),
  requiresReplace: list(2, path),
  plannedPrivate: bytes(3),
  diagnostics: list(4, diagnostic),
};

export interface ApplyRequest {
  readonly typeName: string;
  readonly priorState: DynamicValue | undefined;
  readonly plannedState: DynamicValue | undefined;
  readonly config: DynamicValue | undefined;
  readonly plannedPrivate: Uint8Array;
}

export const applyRequest: Message<ApplyRequest> = {
  typeName: text(1),
  priorState: message(2, dynamicValue),
  plannedState: message(3, dynamicValue),
  config: message(4, dynamicValue),
  plannedPrivate: bytes(5),
};

export interface ApplyResponse {
  readonly newState: DynamicValue | undefined;
  readonly private: Uint8Array;
  readonly diagnostics: readonly WireDiagnostic[];
}

export const applyResponse: Message<ApplyResponse> = {
  newState: message(1, dynamicValue),
  private: bytes(2),
  diagnostics: list(3, diagnostic),
};

export interface ImportRequest {
  readonly typeName: string;
  readonly id: string;
}

export const importRequest: Message<ImportRequest> = { typeName: text(1), id: text(2) };

export interface ImportedResource {
  readonly typeName: string;
  readonly state: DynamicValue | undefined;
  readonly private: Uint8Array;
}

export interface ImportResponse {
  readonly importedResources: readonly ImportedResource[];
  readonly diagnostics: readonly WireDiagnostic[];
}

const importedResource: Message<ImportedResource> = {
  typeName: text(1),
  state: message(2, dynamicValue),
  private: bytes(3),
};

export const importResponse: Message<ImportResponse> = {
  importedResources: list(1, importedResource),
  diagnostics: list(2, diagnostic),
};

export const stopResponse: Message<{ error: string }> = { error: text(1) };

/** Requests without a field that we read. */
export const emptyMessage: Message<object> = {};
