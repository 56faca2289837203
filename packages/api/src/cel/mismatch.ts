/** Stands for a value that does not have the type of its schema: every operation on it fails. */
export class Mismatch {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
