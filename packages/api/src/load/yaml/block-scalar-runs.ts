import { type RunWriter, runWriter } from './run-writer.ts';
import type { ScalarRuns } from './scalar-runs.ts';

interface Line {
  readonly start: number;
  /** Leading spaces. */
  readonly indent: number;
  /** End of the content, before `\r\n` or `\n`. */
  readonly end: number;
  /** Start of the next line. */
  readonly next: number;
}

/** A literal (`|`) or folded (`>`) block scalar, header line included. `value` is what a parser made of it. */
export function blockRuns(source: string, folded: boolean, value: string): ScalarRuns {
  const [header, ...lines] = linesOf(source);
  const { chomp, hasIndentation } = readHeader(source.slice(0, header?.end));
  const contentEnd = lines.findLastIndex((line) => !isBlank(line)) + 1;
  const indent = blockIndent(lines, hasIndentation ? value : '');
  const extra = lines.slice(contentEnd).findLastIndex((line) => line.indent > indent) + 1;
  const keptEnd = contentEnd === 0 ? 0 : contentEnd + extra;
  const block: Block = { source, writer: runWriter(source), indent };
  (folded ? writeFolded : writeLiteral)(block, lines.slice(0, keptEnd));
  if (chomp !== '-') writeEnd(block, keptEnd === 0 && chomp === '' ? [] : lines, keptEnd, chomp === '+');
  return block.writer.done();
}

interface Block {
  readonly source: string;
  readonly writer: RunWriter;
  /** Columns that belong to the block and not to its content. */
  readonly indent: number;
}

function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < source.length) {
    const found = source.indexOf('\n', start);
    const next = found === -1 ? source.length : found + 1;
    const stop = found === -1 ? source.length : found;
    const end = source[stop - 1] === '\r' && stop > start ? stop - 1 : stop;
    let indent = 0;
    while (start + indent < end && source[start + indent] === ' ') indent += 1;
    lines.push({ start, indent, end, next });
    start = next;
  }
  return lines;
}

function readHeader(header: string): { chomp: string; hasIndentation: boolean } {
  const [indicators = ''] = header.slice(1).split(/[ \t#]/, 1);
  const chomp = indicators.includes('-') ? '-' : indicators.includes('+') ? '+' : '';
  return { chomp, hasIndentation: /[1-9]/.test(indicators) };
}

function isBlank(line: Line): boolean {
  return line.start + line.indent === line.end;
}

/**
 * The first content line sets the indentation. With an indicator it counts from the parent's column, which the source of
 * the scalar does not show; the spaces that the value has kept do.
 */
function blockIndent(lines: readonly Line[], value: string): number {
  const first = lines.find((line) => !isBlank(line))?.indent ?? 0;
  const content = value.search(/[^ \n]/);
  return first - (content === -1 ? 0 : content - (value.lastIndexOf('\n', content) + 1));
}

function writeLiteral({ writer, indent }: Block, lines: readonly Line[]): void {
  lines.forEach((line, index) => {
    const from = contentStart(line, indent);
    writer.copy(from, line.end - from);
    if (index < lines.length - 1) writer.replace('\n', line.end, line.next - line.end);
  });
}

function contentStart(line: Line, indent: number): number {
  return Math.min(line.start + indent, line.end);
}

/** YAML 1.2 section 8.1.3: a break between two text lines is a space, around more-indented lines it stays. */
function writeFolded({ writer, indent, source }: Block, lines: readonly Line[]): void {
  const first = lines.findIndex((line) => !isBlank(line));
  let at = lines[0]?.start ?? 0;
  let separator = '';
  let afterIndented = false;
  const write = (line: Line, text: string, next: string): void => {
    const from = contentStart(line, indent);
    writer.replace(text, at, from - at);
    writer.copy(from, line.end - from);
    at = line.end;
    separator = next;
  };
  lines.forEach((line, index) => {
    const isIndented = line.indent > indent || source[line.start + indent] === '\t';
    if (index < first) writeBlank(line);
    else if (isIndented) {
      const text = separator === ' ' ? '\n' : separator === '\n' && !afterIndented ? '\n\n' : separator;
      write(line, text, '\n');
      afterIndented = true;
    } else if (!isBlank(line)) {
      write(line, separator, ' ');
      afterIndented = false;
    } else if (separator === '\n') writeBlank(line);
    else separator = '\n';
  });

  function writeBlank(line: Line): void {
    const from = contentStart(line, indent);
    writer.copy(from, line.end - from);
    writer.replace('\n', line.end, line.next - line.end);
    at = line.next;
  }
}

/** The final line break, and with `+` the blank lines after it. */
function writeEnd({ writer, indent }: Block, lines: readonly Line[], from: number, keep: boolean): void {
  const rest = lines.slice(Math.max(0, from - 1), keep ? undefined : from);
  rest.forEach((line, index) => {
    const extra = contentStart(line, indent);
    if (index > 0 || from === 0) writer.copy(extra, line.end - extra);
    if (index === 0 || line.next > line.end) writer.replace('\n', line.end, line.next - line.end);
  });
}
