/** What a parser gives: the value, or one coded fault of the text. */
export type Result<T, Code extends string = string> = { readonly ok: true; readonly value: T } | Fault<Code>;

/** A fault of a text. `message` is one sentence without a trailing period and quotes nothing but the text itself. */
export interface Fault<Code extends string = string> {
  readonly ok: false;
  readonly code: Code;
  readonly message: string;
}

/** The successful result. */
export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The failed result. */
export function fault<Code extends string>(code: Code, message: string): Fault<Code> {
  return { ok: false, code, message };
}

const longestQuote = 200;

/** A text in quotes for a message, cut where it is too long to be read. */
export function quoted(text: string): string {
  return text.length <= longestQuote ? `"${text}"` : `"${text.slice(0, longestQuote)}…"`;
}
