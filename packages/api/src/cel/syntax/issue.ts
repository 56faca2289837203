/** A fault of an expression, at a UTF-16 index of its source. */
export interface Issue {
  readonly at: number;
  readonly message: string;
}

const mostShown = 100;
const longestLine = 16_384;

/** Faults with the line that they are in and a mark below it, in the form of cel-go's `Errors.ToDisplayString`. */
export function issuesText(source: string, issues: readonly Issue[]): string {
  const placed = issues.map((issue) => ({ ...issue, ...placeOf(source, issue.at) }));
  const sorted = placed.slice(0, mostShown).sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = source.split('\n');
  const texts = sorted.map(({ line, column, message }) => {
    const text = lines[line - 1] ?? '';
    return `ERROR: <input>:${line}:${column + 1}: ${message}${snippet(text.replaceAll('\t', ' '), column)}`;
  });
  if (issues.length > mostShown) texts.push(`${issues.length - mostShown} more errors were truncated`);
  return texts.join('\n');
}

function placeOf(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: Array.from(before.slice(start)).length };
}

/** Marks are as wide as what they stand below. */
function snippet(line: string, column: number): string {
  const characters = Array.from(line);
  if (characters.length > longestLine) return '';
  const isWide = (character: string | undefined): boolean => (character?.codePointAt(0) ?? 0) > 0x7f;
  const dots = characters.slice(0, column).map((character) => (isWide(character) ? '\uff0e' : '.'));
  return `\n | ${line}\n | ${dots.join('')}${isWide(characters[column]) ? '\uff3e' : '^'}`;
}
