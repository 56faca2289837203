import { type LocatedObject, loadManifests, type Path, type SourceMap } from '@pullpath/api';
import { type Diagnostic, type LineIndex, lineIndex, type SourceSpan } from '@pullpath/diagnostics';
import type { NamedText } from './cluster-files.ts';

/**
 * A file that is a bare list of mirror rules, as an object with the list in `rules`, every value at its place in the file.
 * Undefined for a file that does not start a list: that one may hold manifests.
 */
export function loadRuleList(
  file: NamedText,
): { readonly object?: LocatedObject | undefined; readonly diagnostics: readonly Diagnostic[] } | undefined {
  const text = withoutDocumentStart(file.text);
  const first = firstCharacter(text);
  if (first !== '-' && first !== '[') return undefined;
  const [header, footer] = first === '[' ? flowFrame : blockFrame;
  const { objects, diagnostics } = loadManifests([{ file: file.file, text: header + text + footer }]);
  const shift = shiftBy(header.length, lineIndex(file.text));
  return {
    object: objects[0] && { ...objects[0], source: objects[0].source && shiftedSource(objects[0].source, shift) },
    diagnostics: diagnostics.map((diagnostic) => shiftedDiagnostic(diagnostic, shift)),
  };
}

/** What makes a list the field of an object, by its style: inside braces indentation does not matter. */
const blockFrame = ['apiVersion: v1\nkind: RuleList\nrules:\n', ''] as const;
const flowFrame = ['{"apiVersion": "v1", "kind": "RuleList", "rules": ', '\n}'] as const;

/** `---` before the list would end the header. A comment of the same length keeps all places. */
function withoutDocumentStart(text: string): string {
  return text.replace(/^(\s*)---(?=\s)/, '$1#--');
}

/** The first character of the content: blank lines and comments before it do not count. */
function firstCharacter(text: string): string | undefined {
  const line = text.split('\n').find((content) => content.trim() !== '' && !content.trimStart().startsWith('#'));
  const start = line?.trimStart() ?? '';
  return start.startsWith('-') && !/^-(\s|$)/.test(start) ? undefined : start[0];
}

type Shift = (span: SourceSpan) => SourceSpan;

function shiftBy(length: number, lines: LineIndex): Shift {
  const position = (offset: number): SourceSpan['start'] => lines.position(offset - length);
  return (span) => ({ ...span, start: position(span.start.offset), end: position(span.end.offset) });
}

function shiftedSource(source: SourceMap, shift: Shift): SourceMap {
  return {
    file: source.file,
    span: (path: Path) => shift(source.span(path)),
    keySpan: (path: Path) => shift(source.keySpan(path)),
  };
}

function shiftedDiagnostic(diagnostic: Diagnostic, shift: Shift): Diagnostic {
  const related = diagnostic.related?.map((place) => ({ ...place, at: place.at && shift(place.at) }));
  return { ...diagnostic, at: diagnostic.at && shift(diagnostic.at), ...(related && { related }) };
}
