/**
 * The texts of `Warning: 299 - "text"` headers, several of which may have been joined by commas (RFC 7234 5.5). Linear; what
 * is not of this form is passed over.
 */
export function parseWarnings(header: string | undefined): string[] {
  const texts: string[] = [];
  let rest = 0;
  while (header !== undefined && rest < header.length) {
    const quote = header.indexOf('"', rest);
    if (quote < 0) break;
    const { text, end } = readQuoted(header, quote + 1);
    if (text !== undefined && isMiscellaneous(header.slice(rest, quote))) texts.push(text);
    rest = end;
  }
  return texts;
}

// `299` and the agent, which Kubernetes always leaves open as `-`.
function isMiscellaneous(prefix: string): boolean {
  const start = prefix.replace(/^[\s,]+/, '');
  return start.startsWith('299 ') && start.endsWith(' ');
}

function readQuoted(header: string, from: number): { readonly text: string | undefined; readonly end: number } {
  let text = '';
  for (let at = from; at < header.length; at++) {
    const char = header.charAt(at);
    if (char === '"') return { text, end: at + 1 };
    if (char === '\\') at++;
    text += header.charAt(at);
  }
  return { text: undefined, end: header.length };
}
