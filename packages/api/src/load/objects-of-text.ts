import type { Diagnostic } from '@pullpath/diagnostics';
import type { Document, Node } from 'yaml';
import type { LoadLimits } from './limits.ts';
import type { LocatedObject } from './located.ts';
import { objectsOfDocument } from './objects-of-document.ts';
import { type Problem, toDiagnostic } from './problem.ts';
import type { TextPlace } from './text-place.ts';
import { convertDocument } from './yaml/convert-document.ts';
import { parseYamlStream } from './yaml/parse-stream.ts';
import { syntaxProblems, templateProblem } from './yaml/syntax-problems.ts';

/** The objects of one text and everything wrong with it, in no particular order. */
export interface TextObjects {
  readonly objects: readonly (LocatedObject & { readonly document: number })[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * All documents of a text, wherever the text stands. `document` counts those with content from 0, as Kubernetes counts
 * them: blank and null documents are skipped.
 */
export function objectsOfText(place: TextPlace, limits: LoadLimits): TextObjects {
  const stream = parseYamlStream(place.text, limits);
  const read = stream.documents.map((document) => readDocument(document, place, limits)).filter(hasContent);
  const problems = [...stream.problems, ...read.flatMap((document) => document.problems)];
  if (read.length === 0 && problems.length === 0) problems.push(emptyText(place.text));
  return {
    objects: read.flatMap(({ objects }, document) => objects.map((object) => ({ ...object, document }))),
    diagnostics: problems.map((problem) => toDiagnostic(problem, place)),
  };
}

interface ReadDocument {
  readonly objects: readonly LocatedObject[];
  readonly problems: readonly Problem[];
}

function hasContent(document: ReadDocument | undefined): document is ReadDocument {
  return document !== undefined;
}

function readDocument(document: Document.Parsed, place: TextPlace, limits: LoadLimits): ReadDocument | undefined {
  if (document.errors.length > 0) return { objects: [], problems: syntaxProblems(document, place.lines()) };
  const root: Node | null = document.contents;
  if (root === null) return undefined;
  const { value, problems, aliases } = convertDocument(document, limits);
  const broken = problems.find(({ code, severity }) => code === 'yaml-key' && severity !== 'warning');
  const template = broken && templateProblem(broken.start, place.lines());
  if (template !== undefined) return { objects: [], problems: [template] };
  if (value === null) return problems.length === 0 ? undefined : { objects: [], problems };
  const found = objectsOfDocument({ value, root, aliases }, place);
  return { objects: found.objects, problems: [...problems, ...found.problems] };
}

function emptyText(text: string): Problem {
  const message = /\S/.test(text) ? 'the file holds only comments' : 'the file is empty';
  return { code: 'file-empty', severity: 'warning', start: 0, end: 0, message };
}
