import { type LocatedObject, loadEmbedded, loadManifests, originSpan, validateObject } from '@pullpath/api';
import type { SourceSpan } from '@pullpath/diagnostics';
import { manifestsText } from '../manifests.ts';
import { mutated } from '../mutate.ts';
import { nameTokens } from '../names.ts';
import { expectThat, type FuzzTarget } from '../target.ts';
import { yamlTokens } from './yaml-tokens.ts';

/** Manifests: loading and validating never throw, and every place that they name is in the text. */
export const manifests: FuzzTarget = {
  name: 'manifests',
  generate: (random) => mutated(random, manifestsText(random), [...yamlTokens, ...nameTokens, ...fields]),
  check(input) {
    const loaded = loadManifests([{ file: 'input.yaml', text: input }]);
    const embedded = loaded.objects.flatMap(embeddedIn);
    const objects = [...loaded.objects, ...embedded.flatMap((inner) => inner.objects)];
    const faults = [loaded, ...embedded].flatMap(({ diagnostics }) => diagnostics);
    for (const { at } of [...faults, ...objects.flatMap((object) => validateObject(object))]) isInside(input, at);
    for (const object of objects) isInside(input, originSpan({ of: object, path: ['metadata', 'name'] }));
  },
};

const fields = [
  'data:\n',
  'spec:\n',
  'kind: List\n',
  'items:\n- ',
  'source: ',
  'mirrors: ',
  'metadata: ',
  'name: ',
  'labels: {a: 1}\n',
];

function embeddedIn(object: LocatedObject): ReturnType<typeof loadEmbedded>[] {
  const data = object.object['data'];
  if (object.object.kind !== 'ConfigMap' || typeof data !== 'object' || data === null) return [];
  return Object.keys(data)
    .slice(0, 3)
    .map((key) => loadEmbedded(object, ['data', key]));
}

function isInside(text: string, span: SourceSpan | undefined): void {
  if (span === undefined) return;
  const { start, end } = span;
  const ordered = 0 <= start.offset && start.offset <= end.offset && end.offset <= text.length;
  expectThat(ordered && start.line >= 1 && start.column >= 1, `the place ${JSON.stringify(span)} is in the text`);
}
