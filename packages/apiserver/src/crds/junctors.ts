import { formatPath, type Path, validate } from '@pullpath/api';
import { jsonEqual } from '../rest/equal.ts';
import type { FieldFault } from '../status/status.ts';
import { faultOf } from './field-fault.ts';
import { isMap, listIn, mapIn, type SchemaProps, schemaOf } from './schema.ts';
import { intOrString, propertiesOf } from './schema-props.ts';

const lists = ['allOf', 'anyOf', 'oneOf'] as const;

/** True where a schema, or any part of it, has allOf, anyOf, oneOf or not. */
export function hasJunctors(props: SchemaProps): boolean {
  const parts = [
    mapIn(props, 'items'),
    mapIn(props, 'additionalProperties'),
    ...propertiesOf(props).map(([, child]) => child),
  ];
  return (
    isMap(props['not']) ||
    lists.some((key) => listIn(props, key).length > 0) ||
    parts.some((part) => part && hasJunctors(part))
  );
}

/**
 * Faults of a value against the junctors of its schema, in the words of kube-openapi's validator. What did not change since
 * `old` is tolerated.
 */
export function junctorFaults(props: SchemaProps, value: unknown, old: unknown, path: Path = []): FieldFault[] {
  if (value === undefined || value === null || (old !== undefined && jsonEqual(value, old))) return [];
  return [...ownFaults(props, value, path), ...innerFaults(props, value, old, path)];
}

function innerFaults(props: SchemaProps, value: unknown, old: unknown, path: Path): FieldFault[] {
  const items = mapIn(props, 'items');
  if (Array.isArray(value))
    return items ? value.flatMap((item, index) => junctorFaults(items, item, undefined, [...path, index])) : [];
  if (!isMap(value)) return [];
  const properties = mapIn(props, 'properties') ?? {};
  const additional = mapIn(props, 'additionalProperties');
  return Object.entries(value).flatMap(([key, member]) => {
    const child = mapIn(properties, key) ?? additional;
    const before = isMap(old) && Object.hasOwn(old, key) ? old[key] : undefined;
    return child ? junctorFaults(child, member, before, [...path, key]) : [];
  });
}

function ownFaults(props: SchemaProps, value: unknown, path: Path): FieldFault[] {
  const results = (key: string): FieldFault[][] =>
    listIn(props, key)
      .filter(isMap)
      .map((part) => faultsOf(part, value, path));
  // Types of int-or-string are judged with the other types.
  const any = props[intOrString] === true ? [] : results('anyOf');
  const not = mapIn(props, 'not');
  return [
    ...allFaults(results('allOf'), path),
    ...anyFaults(any, path),
    ...oneFaults(results('oneOf'), path),
    ...(not && faultsOf(not, value, path).length === 0 ? [told(path, 'must not validate the schema (not)')] : []),
  ];
}

/** Faults of a value against one alternative: what it restricts, and its own junctors. */
function faultsOf(props: SchemaProps, value: unknown, path: Path): FieldFault[] {
  const restricted = validate(schemaOf(props), value, { rules: 'always' });
  const faults = restricted.map((error) => faultOf({ ...error, path: [...path, ...error.path] }));
  return [...faults, ...junctorFaults(props, value, undefined, path)];
}

function allFaults(results: readonly FieldFault[][], path: Path): FieldFault[] {
  const faults = results.flat();
  return faults.length === 0 ? [] : [told(path, 'must validate all the schemas (allOf)'), ...faults];
}

function anyFaults(results: readonly FieldFault[][], path: Path): FieldFault[] {
  const [first = []] = results;
  if (results.length === 0 || results.some((faults) => faults.length === 0)) return [];
  return [told(path, 'must validate at least one schema (anyOf)'), ...first];
}

function oneFaults(results: readonly FieldFault[][], path: Path): FieldFault[] {
  const valid = results.filter((faults) => faults.length === 0).length;
  const must = 'must validate one and only one schema (oneOf).';
  if (results.length === 0 || valid === 1) return [];
  if (valid > 1) return [told(path, `${must} Found ${valid} valid alternatives`)];
  return [told(path, `${must} Found none valid`), ...(results[0] ?? [])];
}

function told(path: Path, what: string): FieldFault {
  const message = `Invalid value: "": ${JSON.stringify(formatPath(path))} ${what}`;
  return { reason: 'FieldValueInvalid', message, field: '<nil>' };
}
