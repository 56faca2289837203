/**
 * Orders two resource versions: negative when the first is older. Undefined when either is no decimal number, which says
 * nothing about age (KEP-5504, comparable resource versions).
 */
export function compareResourceVersions(one: string, other: string): number | undefined {
  if (!isDecimal(one) || !isDecimal(other)) return undefined;
  if (one.length !== other.length) return one.length - other.length;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function isDecimal(text: string): boolean {
  if (text === '' || text.startsWith('0')) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
