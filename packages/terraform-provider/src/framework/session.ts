import type * as m from '../wire/messages.ts';
import type { DynamicValue } from '../wire/schema-messages.ts';
import { conform } from '../wire/types.ts';
import { decodeValue, encodeValue, isObject, type ObjectValue, valueFrom } from '../wire/values.ts';
import { readData } from './data.ts';
import type { Diagnostic } from './diagnostic.ts';
import { applyManaged, importManaged, planManaged, readManaged } from './managed.ts';
import type { Call, DataSource, Provider, Resource } from './resource.ts';
import { objectType, type Schema } from './schema.ts';
import { validateConfig } from './validate.ts';
import { wireDiagnostics } from './wire-diagnostics.ts';
import { schemaResponseOf } from './wire-schema.ts';

/** One configured instance of a provider: the life of one connection to core. */
export class ProviderSession<C> {
  readonly #provider: Provider<C>;
  readonly #stop = new AbortController();
  #context: C | undefined;

  constructor(provider: Provider<C>) {
    this.#provider = provider;
  }

  schema(protocol: 5 | 6): m.SchemaResponse {
    return schemaResponseOf(this.#provider, protocol);
  }

  validateProvider({ config }: { config: DynamicValue | undefined }, protocol: 5 | 6): m.ValidateProviderResponse {
    const faults = validateConfig(this.#provider.schema, configOf(this.#provider.schema, config));
    return { preparedConfig: protocol === 5 ? config : undefined, diagnostics: wireDiagnostics(faults) };
  }

  validateResource({ typeName, config }: m.TypedConfig): m.DiagnosticsResponse {
    const resource = this.#resource(typeName);
    const value = configOf(resource.schema, config);
    return faults([...validateConfig(resource.schema, value), ...(resource.validate?.(value) ?? [])]);
  }

  validateDataSource({ typeName, config }: m.TypedConfig): m.DiagnosticsResponse {
    const { schema } = this.#dataSource(typeName);
    return faults(validateConfig(schema, configOf(schema, config)));
  }

  configure({ config }: m.ConfigureRequest): m.DiagnosticsResponse {
    const { context, diagnostics } = this.#provider.configure(configOf(this.#provider.schema, config));
    this.#context = context;
    return faults(diagnostics);
  }

  /** Saved state is JSON of some version of the schema: what it lacks becomes null, what is unknown now goes. */
  upgrade({ typeName, rawState }: m.UpgradeRequest): m.StateResponse {
    const { schema } = this.#resource(typeName);
    const json: unknown = JSON.parse(Buffer.from(rawState?.json ?? []).toString('utf8') || 'null');
    return { state: encodeValue(conform(objectType(schema.attributes), valueFrom(json))), diagnostics: [] };
  }

  read(request: m.ReadRequest, signal: AbortSignal): Promise<m.ReadResponse> {
    const resource = this.#resource(request.typeName);
    return readManaged(resource, request, () => this.#call(signal));
  }

  plan(request: m.PlanRequest, signal: AbortSignal): Promise<m.PlanResponse> {
    const resource = this.#resource(request.typeName);
    return planManaged(resource, request, () => this.#call(signal));
  }

  apply(request: m.ApplyRequest, signal: AbortSignal): Promise<m.ApplyResponse> {
    const resource = this.#resource(request.typeName);
    return applyManaged(resource, request, () => this.#call(signal));
  }

  import(request: m.ImportRequest): m.ImportResponse {
    return importManaged(this.#resource(request.typeName), request);
  }

  readDataSource(request: m.TypedConfig, signal: AbortSignal): Promise<m.StateResponse> {
    return readData(this.#dataSource(request.typeName), request, () => this.#call(signal));
  }

  /** Ends the operations under way; each answers with a diagnostic and what exists. */
  stop(): { error: string } {
    this.#stop.abort(new Error('Terraform was interrupted'));
    return { error: '' };
  }

  #call(signal: AbortSignal): Call<C> {
    if (this.#context === undefined) throw new Error('the provider is not configured');
    return { context: this.#context, signal: AbortSignal.any([signal, this.#stop.signal]) };
  }

  #resource(name: string): Resource<C> {
    const resource = this.#provider.resources[name];
    if (resource === undefined) throw new Error(`this provider has no resource type ${name}`);
    return resource;
  }

  #dataSource(name: string): DataSource<C> {
    const source = this.#provider.dataSources[name];
    if (source === undefined) throw new Error(`this provider has no data source ${name}`);
    return source;
  }
}

function configOf({ attributes }: Schema, config: DynamicValue | undefined): ObjectValue {
  const value = conform(objectType(attributes), decodeValue(config));
  return isObject(value) ? value : {};
}

function faults(diagnostics: readonly Diagnostic[]): m.DiagnosticsResponse {
  return { diagnostics: wireDiagnostics(diagnostics) };
}
