import type { KindDefinition } from '../kinds/kind.ts';
import type { Schema } from './schema.ts';

/**
 * What `kubectl explain` would print for a field: its type, description and fields. `fieldPath` is dotted and goes through
 * lists, as `spec.imageTagMirrors.source`. Undefined where there is no such field.
 */
export function explain(definition: KindDefinition, fieldPath = ''): string | undefined {
  const steps = fieldPath === '' ? [] : fieldPath.split('.');
  const schema = steps.reduce<Schema | undefined>((at, step) => at && fieldOf(at, step), definition.schema);
  if (!schema) return undefined;
  const field = steps.length === 0 ? [] : [`FIELD: ${steps.at(-1)} <${typeText(schema)}>`, ''];
  return [...heading(definition), ...field, ...description(schema), ...fieldLines(schema), ''].join('\n');
}

function heading({ group, kind, version }: KindDefinition): string[] {
  const first = group === '' ? [] : [`GROUP:      ${group}`];
  return [...first, `KIND:       ${kind}`, `VERSION:    ${version}`, ''];
}

function fieldOf(schema: Schema, step: string): Schema | undefined {
  const { properties = {} } = elementOf(schema);
  return Object.hasOwn(properties, step) ? properties[step] : undefined;
}

/** What a list or map holds, in the end; the schema itself for anything else. */
function elementOf(schema: Schema): Schema {
  const inner = schema.items ?? schema.additionalProperties;
  return inner ? elementOf(inner) : schema;
}

function description(schema: Schema): string[] {
  const constraints = constraintsOf(elementOf(schema));
  return [
    'DESCRIPTION:',
    ...wrap(schema.description ?? '<no description>', 4),
    ...constraints.map((line) => `    ${line}`),
    '',
  ];
}

function constraintsOf(schema: Schema): string[] {
  return [
    ...(schema.enum ? [`ENUM: ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`] : []),
    ...(schema.pattern === undefined ? [] : [`PATTERN: ${schema.pattern}`]),
    ...(schema.default === undefined ? [] : [`DEFAULT: ${JSON.stringify(schema.default)}`]),
  ];
}

function fieldLines(schema: Schema): string[] {
  const { properties = {}, required = [] } = elementOf(schema);
  const names = Object.keys(properties).sort();
  if (names.length === 0) return [];
  return ['FIELDS:', ...names.flatMap((name) => fieldLine(name, properties[name] ?? {}, required.includes(name)))];
}

function fieldLine(name: string, schema: Schema, required: boolean): string[] {
  const mark = required ? ' -required-' : '';
  return [`  ${name}\t<${typeText(schema)}>${mark}`, ...wrap(schema.description ?? '', 4), ''];
}

/** `[]Object`, `map[string]string`, `IntOrString`, as kubectl writes types. */
function typeText(schema: Schema): string {
  if (schema.items) return `[]${typeText(schema.items)}`;
  if (schema.additionalProperties) return `map[string]${typeText(schema.additionalProperties)}`;
  if (schema.intOrString) return 'IntOrString';
  return schema.type === 'object' || schema.type === undefined ? 'Object' : schema.type;
}

const width = 80;

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width - indent) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}
