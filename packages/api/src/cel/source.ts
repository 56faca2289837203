/** An identifier of an expression and whether it is called: `matches` in `self.matches('a')`. */
export interface Identifier {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly called: boolean;
  /** Stands behind a dot: a member, not a variable. */
  readonly member: boolean;
}

/** The identifiers of a CEL expression, outside strings and comments, in order. Linear; unfinished strings run to the end. */
export function identifiersOf(expression: string): Identifier[] {
  const found: Identifier[] = [];
  let at = 0;
  while (at < expression.length) {
    const end = endOfToken(expression, at);
    if (isNameStart(expression[at]) && !isQuote(expression[end - 1])) {
      found.push({
        name: expression.slice(at, end),
        start: at,
        end,
        called: nextSolid(expression, end) === '(',
        member: previousSolid(expression, at) === '.',
      });
    }
    at = end;
  }
  return found;
}

/** Replaces called names by others; everything else stays as it is. */
export function renameCalls(expression: string, names: ReadonlyMap<string, string>): string {
  let result = '';
  let copied = 0;
  for (const { name, start, end, called } of identifiersOf(expression)) {
    const other = called ? names.get(name) : undefined;
    if (other === undefined) continue;
    result += expression.slice(copied, start) + other;
    copied = end;
  }
  return result + expression.slice(copied);
}

function endOfToken(text: string, at: number): number {
  if (text.startsWith('//', at)) return endOfLine(text, at);
  const prefix = /^[rRbB]{0,2}/.exec(text.slice(at, at + 2))?.[0].length ?? 0;
  if (isQuote(text[at + prefix])) return endOfString(text, at + prefix, /[rR]/.test(text.slice(at, at + prefix)));
  if (!isNameStart(text[at])) return at + 1;
  let end = at + 1;
  while (end < text.length && isNamePart(text[end])) end++;
  return end;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function endOfString(text: string, open: number, raw: boolean): number {
  const quote = text[open] ?? '';
  const delimiter = text.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote;
  for (let at = open + delimiter.length; at < text.length; at++) {
    if (text[at] === '\\' && !raw) at++;
    else if (text.startsWith(delimiter, at)) return at + delimiter.length;
  }
  return text.length;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

function isNameStart(character: string | undefined): boolean {
  return character !== undefined && /^[A-Za-z_]$/.test(character);
}

function isNamePart(character: string | undefined): boolean {
  return character !== undefined && /^[A-Za-z0-9_]$/.test(character);
}

function nextSolid(text: string, from: number): string | undefined {
  let at = from;
  while (at < text.length && /^\s$/.test(text[at] ?? '')) at++;
  return text[at];
}

function previousSolid(text: string, from: number): string | undefined {
  let at = from - 1;
  while (at >= 0 && /^\s$/.test(text[at] ?? '')) at--;
  return text[at];
}
