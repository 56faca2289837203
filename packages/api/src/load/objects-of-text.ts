import type { Diagnostic } from '@pullpath/diagnostics';
import type { Document, Node } from 'yaml';
import type { LoadLimits } from './limits.ts';
import type { LocatedObject } from './located.ts';
import { type DocumentValue, objectsOfDocument } from './objects-of-document.ts';
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
  const objects: (LocatedObject & { document: number })[] = [];
  const problems: Problem[] = [...stream.problems];
  let document = 0;
  for (const parsed of stream.documents) {
    const read = readDocument(parsed, place, limits);
    problems.push(...read.problems);
    if (read.value === undefined) {
      document += parsed.errors.length > 0 ? 1 : 0;
      continue;
    }
    const found = objectsOfDocument(read.value, place);
    problems.push(...found.problems);
    for (const object of found.objects) objects.push({ ...object, document });
    document += 1;
  }
  if (document === 0 && problems.length === 0) problems.push(emptyText(place.text));
  return { objects, diagnostics: problems.map((problem) => toDiagnostic(problem, place)) };
}

function readDocument(
  document: Document.Parsed,
  place: TextPlace,
  limits: LoadLimits,
): { value?: DocumentValue; problems: readonly Problem[] } {
  if (document.errors.length > 0) return { problems: syntaxProblems(document, place.lines()) };
  const root: Node | null = document.contents;
  if (root === null) return { problems: [] };
  const { value, problems, aliases } = convertDocument(document, limits);
  const broken = problems.find(({ code, severity }) => code === 'yaml-key' && severity !== 'warning');
  const template = broken && templateProblem(broken.start, place.lines());
  if (template !== undefined) return { problems: [template] };
  return value === null ? { problems } : { value: { value, root, aliases }, problems };
}

function emptyText(text: string): Problem {
  const message = /\S/.test(text) ? 'the file holds only comments' : 'the file is empty';
  return { code: 'file-empty', severity: 'warning', start: 0, end: 0, message };
}
