/** Order of UTF-16 code units; equal to that of bytes for the ASCII that names, keys and label values are made of. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
