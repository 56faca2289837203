/** Why a text is no JSON, in the words of Go's `encoding/json`, given what V8 threw at it. Linear in its length. */
export function syntaxFault(text: string, error: Error): string {
  const position = positionOf(error, text);
  if (position >= text.length) return 'unexpected end of JSON input';
  return `invalid character ${quoted(text, position)} ${contextOf(text, position)}`;
}

// V8 names the place of every fault but the end of the text.
function positionOf({ message }: Error, text: string): number {
  const match = /at position (\d+)/.exec(message);
  return match && !message.startsWith('Unterminated string') ? Number(match[1]) : text.length;
}

function quoted(text: string, position: number): string {
  const character = String.fromCodePoint(text.codePointAt(position) as number);
  if (character === "'") return String.raw`'\''`;
  return `'${JSON.stringify(character).slice(1, -1).replace(String.raw`\"`, '"')}'`;
}

/** What was expected there, told from what comes before. */
function contextOf(text: string, position: number): string {
  const before = text.slice(0, position).trimEnd();
  const last = before.at(-1) ?? '';
  const inString = /[a-z]/.test(last) && /(?:^|[^"a-zA-Z])(?:t|tr|tru|f|fa|fal|fals|n|nu|nul)$/.test(before);
  if (inString) return `in literal ${literalOf(before)}`;
  if (last === '{') return 'looking for beginning of object key string';
  if (last === '' || last === ':' || last === '[') return 'looking for beginning of value';
  if (last === ',')
    return opener(before) === '{' ? 'looking for beginning of object key string' : 'looking for beginning of value';
  const open = opener(before);
  if (open === '') return 'after top-level value';
  if (open === '[') return 'after array element';
  return endsWithKey(before) ? 'after object key' : 'after object key:value pair';
}

function literalOf(before: string): string {
  const word = /[a-z]+$/.exec(before)?.[0] ?? '';
  const whole = ['true', 'false', 'null'].find((each) => each.startsWith(word)) ?? 'true';
  return `${whole} (expecting '${whole[word.length]}')`;
}

/** The bracket that is still open at the end of a valid start of JSON. */
function opener(before: string): string {
  const stack: string[] = [];
  for (let at = 0; at < before.length; at++) {
    const character = before[at] as string;
    if (character === '"') at = endOfString(before, at);
    else if (character === '{' || character === '[') stack.push(character);
    else if (character === '}' || character === ']') stack.pop();
  }
  return stack.at(-1) ?? '';
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** True where the last string of an open object is a key: what stands before it opens the object or ends a member. */
function endsWithKey(before: string): boolean {
  if (!before.endsWith('"')) return false;
  let start = -1;
  for (let at = 0; at < before.length; at++) {
    if (before[at] !== '"') continue;
    start = at;
    at = endOfString(before, at);
  }
  const last = before.slice(0, start).trimEnd().at(-1);
  return last === '{' || last === ',';
}
