import { kinds, toCustomResourceDefinition } from '@pullpath/api';
import { stringify } from 'yaml';
import { exitCodes } from '../exit-codes.ts';
import { isStored, kindNamed } from '../input/kind-named.ts';
import { structured } from '../output/structured.ts';

/** `pullpath crds`: the CustomResourceDefinitions, as YAML documents or one JSON List, ready for `kubectl apply`. */
export function crds(names: readonly string[], { output }: { readonly output: string }): number {
  const chosen = names.length === 0 ? kinds.filter(isStored) : names.map(kindNamed);
  const objects = chosen.map((kind) => toCustomResourceDefinition(kind));
  if (output === 'json') process.stdout.write(structured({ apiVersion: 'v1', kind: 'List', items: objects }, 'json'));
  else process.stdout.write(objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n'));
  return exitCodes.done;
}
