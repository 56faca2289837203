import type { LineIndex } from '@pullpath/diagnostics';
import { type Document, visit, type YAMLParseError } from 'yaml';
import type { Problem } from '../problem.ts';
import { indentation, wording } from './syntax-wording.ts';

/**
 * The syntax errors of a document in our words and at the place where the user must look, at most one per line: the
 * parser repeats itself while it recovers. A template marker beside an error is the only fault told. No word of the
 * input is repeated: the line may hold a secret.
 */
export function syntaxProblems(document: Document.Parsed, lines: LineIndex): Problem[] {
  const seen = new Set<number>();
  const problems: Problem[] = [];
  const openings = lazyOpenings(document);
  const template = firstTemplate(document, lines);
  if (template !== undefined) return [template];
  for (const error of document.errors) {
    const { line } = lines.position(error.pos[0]);
    if (seen.has(line)) continue;
    seen.add(line);
    problems.push(describe(error, openings, lines));
  }
  return problems;
}

function firstTemplate(document: Document.Parsed, lines: LineIndex): Problem | undefined {
  const seen = new Set<number>();
  for (const { pos } of document.errors) {
    const { line } = lines.position(pos[0]);
    const problem = seen.has(line) ? undefined : templateProblem(pos[0], lines);
    if (problem !== undefined) return problem;
    seen.add(line);
  }
  return undefined;
}

/** The diagnostic for `{{ ... }}` or `{% ... %}` on the line of `offset`, if there is one. */
export function templateProblem(offset: number, lines: LineIndex): Problem | undefined {
  const { line, column } = lines.position(offset);
  const text = lines.line(line);
  const at = ['{{', '{%'].map((marker) => text.indexOf(marker)).find((index) => index !== -1);
  if (at === undefined) return undefined;
  const start = offset - (column - 1) + at;
  return {
    code: 'yaml-template',
    start,
    end: start + 2,
    message: 'this is a template, not YAML',
    hint: 'render it first, for example with "helm template", and check the result',
  };
}

/** Where the quoted scalar or the flow collection starts that ends at an offset. */
interface Openings {
  readonly quotes: ReadonlyMap<number, number>;
  readonly brackets: ReadonlyMap<number, number>;
}

/** Read once, and only when something is not closed. */
function lazyOpenings(document: Document.Parsed): () => Openings {
  let openings: Openings | undefined;
  return () => {
    openings ??= readOpenings(document);
    return openings;
  };
}

function readOpenings(document: Document.Parsed): Openings {
  const [quotes, brackets] = [new Map<number, number>(), new Map<number, number>()];
  visit(document, {
    Scalar: (_, { range }) => {
      if (range) quotes.set(range[1], range[0]);
    },
    Collection: (_, { range, flow }) => {
      if (range && flow) brackets.set(range[1], range[0]);
    },
  });
  return { quotes, brackets };
}

function describe(error: YAMLParseError, openings: () => Openings, lines: LineIndex): Problem {
  const [start, end] = error.pos;
  const { line, column } = lines.position(start);
  const text = lines.line(line);
  if (error.code === 'TAB_AS_INDENT' || isTabIndented(text, column)) return tab(text, start - (column - 1));
  if (error.message.startsWith('Missing closing')) return unclosed('quote', openings().quotes.get(start) ?? start);
  if (/^Flow \w+ .*must .*end with a/.test(error.message))
    return unclosed('bracket', openings().brackets.get(start) ?? start);
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && !hasColon(text.slice(column - 1))) return tooDeep(line + 1, lines);
  const { message, hint } = wording(error, text[column - 1]);
  const lineEnd = start + Math.max(0, text.length - (column - 1));
  const problem = { code: 'yaml-syntax', start, end: Math.min(end, lineEnd), message } as const;
  return hint === undefined ? problem : { ...problem, hint };
}

/** Whether a tab stands at `column`, or in the indentation that a fault at `column` is about. */
function isTabIndented(line: string, column: number): boolean {
  const indent = line.length - line.trimStart().length;
  return line[column - 1] === '\t' || (column - 1 <= indent && line.slice(0, indent).includes('\t'));
}

function tab(line: string, lineStart: number): Problem {
  const start = lineStart + line.indexOf('\t');
  return { code: 'yaml-tab', start, end: start + 1, message: 'a tab is used for indentation', expected: 'spaces' };
}

/** A value that goes on with a mapping on the next line. */
function tooDeep(line: number, lines: LineIndex): Problem {
  const text = lines.line(line);
  const start = lines.offset(line, 1 + Math.max(0, text.search(/\S/)));
  const end = lines.offset(line, text.length + 1);
  return { code: 'yaml-syntax', start, end, ...indentation };
}

function hasColon(text: string): boolean {
  return /:(?: |$)/.test(text);
}

function unclosed(what: string, start: number): Problem {
  return { code: 'yaml-syntax', start, end: start + 1, message: `the ${what} that opens here is never closed` };
}
