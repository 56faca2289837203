import { type Diagnostic, lineIndex, type SourceSpan } from '../../src/index.ts';

export const text = 'spec:\n  imageDigestMirrors:\n  - source: quay.io\n    mirrorSourcePolicy: AllowFallback\n';

/** The span of a word of a text. */
export function spanOf(file: string, source: string, word: string): SourceSpan {
  const index = lineIndex(source);
  const start = source.indexOf(word);
  return { file, start: index.position(start), end: index.position(start + word.length) };
}

const at = spanOf('mirrors/app.yaml', text, 'AllowFallback');

export const sample: Diagnostic = {
  code: 'field-not-supported',
  severity: 'error',
  message: '"AllowFallback" is not a mirrorSourcePolicy',
  at,
  object: 'ImageDigestMirrorSet/a',
  path: 'spec.imageDigestMirrors[0].mirrorSourcePolicy',
  expected: 'AllowContactingSource or NeverContactSource',
  related: [{ message: 'of this source', at: spanOf('mirrors/app.yaml', text, 'quay.io') }],
  hint: 'some guides write AllowFallback; the API name is AllowContactingSource',
  fix: { title: 'write AllowContactingSource', edits: [{ at, text: 'AllowContactingSource' }] },
};

export const placeless: Diagnostic = {
  code: 'field-required',
  severity: 'warning',
  message: 'm',
  object: 'Image/cluster',
  path: 'spec',
};

export const sources: ReadonlyMap<string, string> = new Map([
  ['mirrors/app.yaml', text],
  ['clean.yaml', 'a: 1\n'],
]);
