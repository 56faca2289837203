import {
  applyDefaults,
  type FieldError,
  findKind,
  formatPath,
  type KubeObject,
  prune,
  type Schema,
  validate,
  withoutGatedFields,
} from '@pullpath/api';
import type { Area } from './run-vectors.ts';

interface Input {
  readonly crd: string;
  readonly operation: 'create' | 'update';
  readonly object: KubeObject;
  readonly oldObject?: KubeObject;
}

type Expected =
  | { readonly accepted: true; readonly stored: unknown }
  | { readonly accepted: false; readonly errors: readonly { readonly path: string; readonly type: string }[] };

/** What an API server makes of an object under the CRD of its kind. */
export const crdValidate: Area = {
  validateResource: ({ crd, operation, object, oldObject }: Input): Expected => {
    const schema = schemaOf(object, crd);
    const stored = storedForm(schema, object);
    const oldValue = operation === 'update' ? storedForm(schema, oldObject) : undefined;
    const errors = validate(schema, stored, { rules: 'always', ...(oldValue !== undefined && { oldValue }) });
    return errors.length === 0 ? { accepted: true, stored } : { accepted: false, errors: recordedErrors(errors) };
  },
};

function schemaOf({ apiVersion, kind }: KubeObject, crd: string): Schema {
  const definition = findKind(apiVersion, kind);
  if (!definition) throw new Error(`no kind ${apiVersion} ${kind}`);
  return crd.includes('-CustomNoUpgrade') ? definition.schema : withoutGatedFields(definition.schema);
}

function storedForm(schema: Schema, object: unknown): unknown {
  return applyDefaults(schema, prune(schema, object));
}

/** Recorded without repetitions, sorted by path and type. */
function recordedErrors(errors: readonly FieldError[]): { path: string; type: string }[] {
  const keys = new Set(errors.map(({ path, type }) => JSON.stringify([formatPath(path) || '<nil>', type])));
  return [...keys].sort().map((key) => {
    const [path, type] = JSON.parse(key) as [string, string];
    return { path, type };
  });
}
