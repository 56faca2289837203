/** Thrown by an adapter whose real program is not on this machine: the case is skipped, and the reason is told. */
export class MissingProgram extends Error {
  override readonly name = 'MissingProgram';
}
