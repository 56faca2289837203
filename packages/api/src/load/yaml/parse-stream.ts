import { Composer, type Document, Lexer, Parser, type YAMLParseError } from 'yaml';
import type { LoadLimits } from '../limits.ts';
import type { Problem } from '../problem.ts';

/** The documents of a YAML (or JSON) text. Documents after a limit was hit are missing; the limit is in `problems`. */
export interface YamlStream {
  readonly documents: readonly Document.Parsed[];
  readonly problems: readonly Problem[];
}

type Token = Parameters<Composer['next']>[0];

/**
 * Parses a text within the limits. Scalars stay text (YAML's failsafe schema): what they mean is decided by
 * `resolveScalar`, duplicate keys, aliases and merge keys by `convertDocument`. Offsets are those of `text`.
 */
export function parseYamlStream(text: string, limits: LoadLimits): YamlStream {
  const { tokens, problem } = readTokens(text, limits);
  const composer = boundedComposer(limits);
  const documents: Document.Parsed[] = [];
  const problems: Problem[] = problem === undefined ? [] : [problem];
  try {
    for (const document of composer.compose(tokens)) documents.push(document);
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error;
    problems.push(tooManyErrors(error.offset, limits));
  }
  return { documents, problems };
}

/** The parser is driven token by token: everything is bounded before anything recursive or costly runs. */
function readTokens(text: string, limits: LoadLimits): { tokens: Token[]; problem?: Problem } {
  const tokens: Token[] = [];
  const counts: Counts = { lexemes: 0, documents: 0, errors: 0 };
  for (const { from, to } of documentExtents(text)) {
    const parser = new Parser();
    parser.offset = from;
    for (const lexeme of new Lexer().lex(text.slice(from, to))) {
      addTokens(parser.next(lexeme), tokens, counts);
      counts.lexemes += 1;
      const problem = exceeded(counts, parser, limits);
      if (problem !== undefined) return { tokens, problem };
    }
    addTokens(parser.end(), tokens, counts);
  }
  return { tokens };
}

interface Counts {
  lexemes: number;
  documents: number;
  errors: number;
}

function addTokens(found: Iterable<Token>, tokens: Token[], counts: Counts): void {
  for (const token of found) {
    tokens.push(token);
    if (token.type === 'document') counts.documents += 1;
    if (token.type === 'error') counts.errors += 1;
  }
}

/**
 * The text cut before every line that starts with `---`, where YAML and Kubernetes begin a document whatever stands before:
 * a quote that is never closed must not swallow the documents after it.
 */
function* documentExtents(text: string): Generator<{ from: number; to: number }> {
  let from = 0;
  for (let at = text.indexOf('\n---'); at !== -1; at = text.indexOf('\n---', at + 1)) {
    if (!' \t\r\n'.includes(text[at + 4] ?? '\n')) continue;
    yield { from, to: at + 1 };
    from = at + 1;
  }
  yield { from, to: text.length };
}

function exceeded(counts: Counts, { offset, stack }: Parser, limits: LoadLimits): Problem | undefined {
  if (stack.length > limits.maxDepth) return tooDeep(offset, limits);
  if (counts.errors > limits.maxSyntaxErrors) return tooManyErrors(offset, limits);
  if (counts.documents > limits.maxDocuments) return tooLarge(offset, `${limits.maxDocuments} documents`);
  return counts.lexemes > limits.maxTokens ? tooLarge(offset, `${limits.maxTokens} YAML tokens`) : undefined;
}

function tooDeep(offset: number, { maxDepth }: LoadLimits): Problem {
  const message = `collections are nested more than ${maxDepth} deep`;
  return { code: 'yaml-too-deep', start: Math.max(0, offset - 1), end: offset, message };
}

function tooLarge(offset: number, limit: string): Problem {
  const message = `the file has more than ${limit}; what follows is not read`;
  return { code: 'yaml-too-large', start: offset, end: offset, message, hint: 'split the file' };
}

class TooManyErrors extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('too many syntax errors');
    this.offset = offset;
  }
}

function tooManyErrors(offset: number, { maxSyntaxErrors }: LoadLimits): Problem {
  const message = `the file has more than ${maxSyntaxErrors} syntax errors; it is probably no YAML`;
  return { code: 'yaml-syntax', start: offset, end: offset, message };
}

interface ErrorSink {
  onError(source: unknown, code: YAMLParseError['code'], message: string, warning?: boolean): void;
}

/** Every error costs an object with a stack trace, so a text made of errors must stop the composer, which has no option for it. */
function boundedComposer({ maxSyntaxErrors }: LoadLimits): Composer {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    merge: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const sink = composer as unknown as ErrorSink;
  const report = sink.onError.bind(composer);
  let count = 0;
  sink.onError = (source, code, message, warning) => {
    if (++count > maxSyntaxErrors) throw new TooManyErrors(offsetOf(source));
    report(source, code, message, warning);
  };
  return composer;
}

function offsetOf(source: unknown): number {
  if (typeof source === 'number') return source;
  if (Array.isArray(source)) return Number(source[0]);
  return (source as { offset: number }).offset;
}
