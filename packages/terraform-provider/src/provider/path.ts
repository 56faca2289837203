/** One segment of a path: an id that holds a slash or dots cannot lead elsewhere. */
export function segment(id: string): string {
  return encodeURIComponent(id).replace(/^\.{1,2}$/, (dots) => dots.replaceAll('.', '%2E'));
}
