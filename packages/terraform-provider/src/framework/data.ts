import type * as m from '../wire/messages.ts';
import { conform } from '../wire/types.ts';
import { decodeValue, encodeValue, isObject } from '../wire/values.ts';
import { diagnosticOf } from './diagnostic.ts';
import type { OpenCall } from './managed.ts';
import type { DataSource } from './resource.ts';
import { objectType } from './schema.ts';
import { wireDiagnostics } from './wire-diagnostics.ts';

/** ReadDataSource. */
export async function readData<C>(
  source: DataSource<C>,
  { config }: m.TypedConfig,
  open: OpenCall<C>,
): Promise<m.StateResponse> {
  const type = objectType(source.schema.attributes);
  const value = conform(type, decodeValue(config));
  try {
    const state = await source.read(isObject(value) ? value : {}, open());
    return { state: encodeValue(conform(type, state)), diagnostics: [] };
  } catch (thrown) {
    return { state: undefined, diagnostics: wireDiagnostics([diagnosticOf(thrown)]) };
  }
}
