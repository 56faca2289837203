/**
 * Paths of members that a JSON text repeats, in order of appearance: `data.a`, `spec.rules[0].name`. JSON.parse keeps the
 * last one silently. `text` must be valid JSON; the cost is linear in its length.
 */
export function duplicateFields(text: string): string[] {
  const found: string[] = [];
  const stack: Frame[] = [];
  for (let at = 0; at < text.length; at++) {
    const frame = stack.at(-1);
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (frame?.keys && frame.expectsKey) takeKey(frame, JSON.parse(text.slice(at, end + 1)), stack, found);
      at = end;
    } else if (character === '{') stack.push({ keys: new Set(), expectsKey: true, step: '' });
    else if (character === '[') stack.push({ keys: undefined, expectsKey: false, step: 0 });
    else if (character === '}' || character === ']') stack.pop();
    else if (character === ',' && frame) nextMember(frame);
  }
  return found;
}

interface Frame {
  /** Keys seen so far; undefined in an array. */
  readonly keys: Set<string> | undefined;
  expectsKey: boolean;
  /** Where in the frame the scan is: a key or an index. */
  step: string | number;
}

function takeKey(frame: Frame, key: string, stack: readonly Frame[], found: string[]): void {
  frame.step = key;
  frame.expectsKey = false;
  if (frame.keys?.has(key)) found.push(pathOf(stack));
  frame.keys?.add(key);
}

function nextMember(frame: Frame): void {
  if (frame.keys) frame.expectsKey = true;
  else frame.step = (frame.step as number) + 1;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
}

function pathOf(stack: readonly Frame[]): string {
  return stack.reduce(
    (path, { step }) => (typeof step === 'number' ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`),
    '',
  );
}
