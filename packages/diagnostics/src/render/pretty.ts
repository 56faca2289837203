import type { Diagnostic } from '../diagnostic.ts';
import { type LineIndex, lineIndex } from '../line-index.ts';
import { redactDiagnostic } from '../redact.ts';
import type { SourceSpan } from '../span.ts';
import { type Paint, painter, severityColor } from './color.ts';
import type { RenderOptions } from './options.ts';
import { printable } from './printable.ts';
import { snippet } from './snippet.ts';

/**
 * For people: message, place, the line with carets, related places, hint, fix; a blank line between diagnostics. Nothing of
 * the input reaches the terminal raw.
 */
export function renderPretty(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  const context: Context = { paint: painter(options.color === true), lines: lineTables(options.sources ?? new Map()) };
  return diagnostics.map((diagnostic) => block(redactDiagnostic(diagnostic), context)).join('\n');
}

interface Context {
  readonly paint: Paint;
  readonly lines: (file: string) => SourceText | undefined;
}

interface SourceText {
  readonly index: LineIndex;
  /** Values of a file that holds a Secret are not shown. */
  readonly isSecret: boolean;
}

function lineTables(sources: ReadonlyMap<string, string>): Context['lines'] {
  const tables = new Map<string, SourceText>();
  return (file) => {
    const text = sources.get(file);
    if (text === undefined) return undefined;
    const known = tables.get(file) ?? {
      index: lineIndex(text),
      isSecret: /\bkind["']?\s*:\s*["']?Secret\b/.test(text),
    };
    tables.set(file, known);
    return known;
  };
}

function block(diagnostic: Diagnostic, context: Context): string {
  const { severity, code, message, expected, at, related = [] } = diagnostic;
  const places = [at, ...related.map((place) => place.at)].filter((place) => place !== undefined);
  const gutter = String(Math.max(1, ...places.map((place) => place.start.line))).length;
  const color = severityColor[severity];
  const lines = [
    `${context.paint(`${severity}[${code}]`, color)}: ${printable(message)}`,
    ...(at === undefined ? objectLines(diagnostic, gutter, context) : [arrow('-->', at, gutter, context)]),
    ...(at === undefined
      ? []
      : excerpt(
          at,
          gutter,
          context,
          (text) => context.paint(`${'^'.repeat(text.length)}`, color),
          expectation(expected),
        )),
    ...related.flatMap((place) => relatedLines(place, gutter, context)),
    ...notes(diagnostic, gutter, context),
  ];
  return `${lines.join('\n')}\n`;
}

function expectation(expected: string | undefined): string {
  return expected === undefined ? '' : `expected ${printable(expected)}`;
}

function arrow(sign: string, at: SourceSpan, gutter: number, { paint }: Context): string {
  const place = `${printable(at.file)}:${at.start.line}:${at.start.column}`;
  return `${' '.repeat(gutter + 1)}${paint(sign, 'blue')} ${place}`;
}

function objectLines({ object, path }: Diagnostic, gutter: number, { paint }: Context): string[] {
  const place = [object, path].filter((part) => part !== undefined).join(' ');
  return place === '' ? [] : [`${' '.repeat(gutter + 1)}${paint('-->', 'blue')} ${printable(place)}`];
}

/** The source line with an underline; nothing where the text is not at hand. */
function excerpt(
  at: SourceSpan,
  gutter: number,
  { paint, lines }: Context,
  underline: (room: string) => string,
  label: string,
): string[] {
  const source = lines(at.file);
  if (source === undefined) return [];
  const line = source.index.line(at.start.line);
  const end = at.end.line > at.start.line ? line.length : at.end.column - 1;
  const shown = snippet(source.isSecret ? hideValue(line) : line, at.start.column - 1, end);
  const bar = paint('|', 'blue');
  const blank = `${' '.repeat(gutter + 2)}${bar}`;
  const marks = underline(' '.repeat(shown.width));
  return [
    blank,
    ` ${paint(String(at.start.line).padStart(gutter), 'blue')} ${bar} ${shown.text}`.trimEnd(),
    `${blank} ${' '.repeat(shown.indent)}${marks}${label === '' ? '' : ` ${label}`}`,
  ];
}

function hideValue(line: string): string {
  const from = line.indexOf(':') + 1;
  return line.slice(0, from) + line.slice(from).replaceAll(/\S/g, '*');
}

function relatedLines(
  { at, message }: { readonly at?: SourceSpan | undefined; readonly message: string },
  gutter: number,
  context: Context,
): string[] {
  const text = printable(message);
  if (at === undefined) return [note('note', text, gutter, context)];
  const lines = excerpt(at, gutter, context, (room) => context.paint('-'.repeat(room.length), 'blue'), text);
  const place = arrow(':::', at, gutter, context);
  return lines.length === 0 ? [`${place}: ${text}`] : [place, ...lines];
}

function notes({ hint, fix, at }: Diagnostic, gutter: number, context: Context): string[] {
  const file = fix?.edits[0]?.at.file ?? at?.file;
  const repair = file === undefined || file === '-' ? fix?.title : `pullpath lint --fix ${file}`;
  return [
    ...(hint === undefined ? [] : [note('hint', printable(hint), gutter, context)]),
    ...(fix === undefined ? [] : [note('fix', printable(repair ?? ''), gutter, context)]),
  ];
}

function note(name: string, text: string, gutter: number, { paint }: Context): string {
  return `${' '.repeat(gutter + 2)}${paint('=', 'blue')} ${`${name}:`.padEnd(6)}${text}`;
}
