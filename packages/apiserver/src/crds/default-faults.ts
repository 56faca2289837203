import { formatPath, unknownFields, validate } from '@pullpath/api';
import { invalidValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import { faultOf } from './field-fault.ts';
import { mapIn, type SchemaProps, schemaOf } from './schema.ts';
import { propertiesOf } from './schema-props.ts';

/** Defaults that their own schema refuses, or would prune. Source: apiextensions-apiserver `defaulting.ValidateDefaults`. */
export function defaultFaults(props: SchemaProps, field: string): FieldFault[] {
  const items = mapIn(props, 'items');
  const additional = mapIn(props, 'additionalProperties');
  return [
    ...(props['default'] === undefined ? [] : ownFaults(props, `${field}.default`)),
    ...propertiesOf(props).flatMap(([name, child]) => defaultFaults(child, `${field}.properties[${name}]`)),
    ...(items ? defaultFaults(items, `${field}.items`) : []),
    ...(additional ? defaultFaults(additional, `${field}.additionalProperties`) : []),
  ];
}

function ownFaults(props: SchemaProps, field: string): FieldFault[] {
  const value = props['default'];
  const schema = schemaOf(props);
  if (unknownFields(schema, value).length > 0) return [invalidValue(field, value, 'must not have unknown fields')];
  return validate(schema, value, { rules: 'server' })
    .filter(({ keyword, path }) => keyword !== 'check' || path.length > 0)
    .map((error) => placed(faultOf(error), formatPath(error.path), field));
}

// Faults of a default are told from the default, and named from the definition.
function placed(fault: FieldFault, inner: string, field: string): FieldFault {
  const message = fault.message.replace(': <nil> in body', ':  in body');
  const place = inner === '' ? field : inner.startsWith('[') ? `${field}${inner}` : `${field}.${inner}`;
  return { ...fault, message, field: place };
}
