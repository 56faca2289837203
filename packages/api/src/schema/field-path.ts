import type { Path } from '../load/located.ts';
import type { Schema } from './schema.ts';

/**
 * Reads the `fieldPath` of a rule, `.spec.name` and `['a.b']`, against the schema that the rule stands in. Undefined where the
 * text is no such path or leads to no field (Kubernetes `cel.ValidFieldPath`).
 */
export function fieldPathIn(schema: Schema, text: string): Path | undefined {
  const names: string[] = [];
  let at: Schema | undefined = schema;
  for (let rest = text; rest !== ''; ) {
    const step = readStep(rest);
    at = step && memberOf(at, step.name);
    if (!step || !at) return undefined;
    names.push(step.name);
    rest = rest.slice(step.length);
  }
  return names;
}

interface Step {
  readonly name: string;
  readonly length: number;
}

function readStep(text: string): Step | undefined {
  const named = /^\.([^.[\]']?[^.[\]]*)/.exec(text);
  if (named?.[1]) return { name: named[1], length: named[0].length };
  const quoted = /^\['((?:[^'\\]|\\.)*)'\]/.exec(text);
  const name = quoted && unescapeName(quoted[1] ?? '');
  return quoted && name !== undefined && name !== null ? { name, length: quoted[0].length } : undefined;
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  "'": "'",
  '\\': '\\',
};

function unescapeName(text: string): string | undefined {
  const parts = text.match(/\\.|[^\\]+/gs) ?? [];
  const names = parts.map((part) => (part.startsWith('\\') ? escapes[part.slice(1)] : part));
  return names.includes(undefined) ? undefined : names.join('');
}

function memberOf(schema: Schema | undefined, name: string): Schema | undefined {
  const { properties, additionalProperties } = schema ?? {};
  if (properties) return Object.hasOwn(properties, name) ? properties[name] : undefined;
  return additionalProperties;
}
