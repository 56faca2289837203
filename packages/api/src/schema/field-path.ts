import type { Path } from '../load/located.ts';

/** Reads the `fieldPath` of a rule: `.spec.name` and `['a.b']`, the parts of JSONPath that Kubernetes allows there. */
export function parseFieldPath(text: string): Path {
  const path: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text[at] === '[' ? endOfBracket(text, at) : endOfName(text, at);
    if (end <= at + 1) throw new Error(`not a field path: ${text}`);
    path.push(text[at] === '[' ? text.slice(at + 2, end - 2) : text.slice(text[at] === '.' ? at + 1 : at, end));
    at = end;
  }
  return path;
}

function endOfBracket(text: string, at: number): number {
  const close = text.indexOf("']", at);
  return text[at + 1] === "'" && close > at + 1 ? close + 2 : at;
}

function endOfName(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '.' && text[end] !== '[') end++;
  return end;
}
