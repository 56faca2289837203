import { explain, kinds, toJsonSchema, toOpenApiV3 } from '@pullpath/api';
import type { SchemaFlags } from '../commands/schema.ts';
import { exitCodes } from '../exit-codes.ts';
import { kindNamed } from '../input/kind-named.ts';
import { structured } from '../output/structured.ts';
import { UsageError } from '../usage-error.ts';

/** `pullpath schema`: the kinds, the fields of one in words, or its schema for machines. */
export function schema(target: string | undefined, { format }: SchemaFlags): number {
  process.stdout.write(target === undefined ? kindList() : described(target, format));
  return exitCodes.done;
}

function described(target: string, format: string): string {
  const [name = '', ...path] = target.split('.');
  const kind = kindNamed(name);
  if (format === 'json-schema') return structured(toJsonSchema(kind), 'json');
  if (format === 'openapi') return structured(toOpenApiV3(kind.schema), 'json');
  const words = explain(kind, path.join('.'));
  if (words === undefined)
    throw new UsageError(`${kind.kind} has no field ${path.join('.')}; "pullpath schema ${name}" shows what it has`);
  return words;
}

function kindList(): string {
  const rows = kinds.map(
    ({ kind, shortNames, group, version }) =>
      [kind, (shortNames ?? []).join(','), group === '' ? version : `${group}/${version}`] as const,
  );
  const width = Math.max(...rows.map(([kind]) => kind.length));
  return rows.map(([kind, short, api]) => `${kind.padEnd(width)}  ${short.padEnd(8)}  ${api}\n`).join('');
}
