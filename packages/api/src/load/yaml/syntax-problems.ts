import type { LineIndex } from '@pullpath/diagnostics';
import { type Document, visit, type YAMLParseError } from 'yaml';
import type { Problem } from '../problem.ts';

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
  if (error.code === 'TAB_AS_INDENT' || text[column - 1] === '\t') return tab(text, start - (column - 1));
  if (error.message.startsWith('Missing closing')) return unclosed('quote', openings().quotes.get(start) ?? start);
  if (/^Flow \w+ .*must .*end with a/.test(error.message))
    return unclosed('bracket', openings().brackets.get(start) ?? start);
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && !hasColon(text.slice(column - 1))) return tooDeep(line + 1, lines);
  const { message, hint } = wording(error, text[column - 1]);
  const lineEnd = start + Math.max(0, text.length - (column - 1));
  const problem = { code: 'yaml-syntax', start, end: Math.min(end, lineEnd), message } as const;
  return hint === undefined ? problem : { ...problem, hint };
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

interface Wording {
  readonly message: string;
  readonly hint?: string;
}

function wording({ code, message }: YAMLParseError, character: string | undefined): Wording {
  const known = wordings[code];
  if (known !== undefined) return known;
  if (message.startsWith('Implicit map keys need to be followed')) return noColon;
  if (message.startsWith('Nested mappings are not')) return twoColons;
  if (code === 'UNEXPECTED_TOKEN' && character !== undefined && /[\]})]/.test(character))
    return strayBracket(character);
  if (message.endsWith(' at node end'))
    return { message: 'something follows the end of a value', hint: 'quote the value' };
  if (message.includes(' in YAML stream')) return { message: 'something stands outside of every mapping and list' };
  return { message: plainWords(message) };
}

const indentation: Wording = {
  message: 'the indentation fits no mapping or list above',
  hint: 'items of one mapping or list start at the same column',
};
const noColon: Wording = {
  message: 'this line is neither "key: value" nor a list item',
  hint: 'check the indentation, and that a colon and a space follow the key',
};
const twoColons: Wording = {
  message: 'a second ": " on one line',
  hint: 'quote the value, or put the inner mapping on lines of its own',
};

const wordings: Partial<Record<YAMLParseError['code'], Wording>> = {
  BAD_INDENT: indentation,
  MULTILINE_IMPLICIT_KEY: noColon,
  BLOCK_AS_IMPLICIT_KEY: twoColons,
  BAD_SCALAR_START: { message: 'an unquoted value cannot start with this character', hint: 'quote the value' },
  BAD_DQ_ESCAPE: {
    message: 'an unknown escape in a double-quoted string',
    hint: 'write \\\\ for a backslash, or use single quotes',
  },
};

function strayBracket(character: string): Wording {
  return { message: `a "${character}" that closes nothing` };
}

/** The parser's own sentence, without what it quotes from the input. */
function plainWords(message: string): string {
  const sentence = (message.split(/[:\n]/, 1)[0] ?? '').slice(0, 200);
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
