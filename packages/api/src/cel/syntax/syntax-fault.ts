import type { Issue } from './issue.ts';

/** Source that is not CEL. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  readonly issue: Issue;

  constructor(message: string, at: number) {
    super(message);
    this.issue = { message, at };
  }
}
