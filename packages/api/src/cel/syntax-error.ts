/** Not valid CEL: a syntax error, an unknown name, an operation that no types allow. */
export class CelSyntaxError extends Error {
  override readonly name = 'CelSyntaxError';
}
