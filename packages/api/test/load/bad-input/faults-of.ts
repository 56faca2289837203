import type { Diagnostic } from '@pullpath/diagnostics';
import { type LocatedObject, loadEmbedded, loadManifests, validateObject } from '../../../src/index.ts';

/** A title, a text, and every fault of it as `code line:column`. */
export type BadInput = readonly [title: string, text: string, faults: readonly string[]];

/** Everything wrong with a text: loading it, what is embedded in its ConfigMaps, and the schemas of all objects. */
export function faultsOf(text: string): string[] {
  const { objects, diagnostics } = loadManifests([{ file: 'input.yaml', text }]);
  const embedded = objects.filter(({ object }) => object.kind === 'ConfigMap').flatMap(inside);
  const all = [...objects, ...embedded.flatMap((loaded) => loaded.objects)];
  return [
    ...diagnostics,
    ...embedded.flatMap((loaded) => loaded.diagnostics),
    ...all.flatMap((object) => validateObject(object)),
  ].map(inShort);
}

function inside(located: LocatedObject): ReturnType<typeof loadEmbedded>[] {
  return Object.keys(located.object['data'] ?? {}).map((key) => loadEmbedded(located, ['data', key]));
}

function inShort({ code, at }: Diagnostic): string {
  return `${code} ${at?.start.line}:${at?.start.column}`;
}
