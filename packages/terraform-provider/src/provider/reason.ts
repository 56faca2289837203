import { CodedError } from '@pullpath/diagnostics';

/** The words of a failed call, and what to do about it where the failure knows. */
export function reasonOf(thrown: unknown): string {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  const hint = thrown instanceof CodedError ? thrown.hint : undefined;
  return hint === undefined ? words : `${words}\n\n${sentence(hint)}`;
}

function sentence(hint: string): string {
  const text = hint.charAt(0).toUpperCase() + hint.slice(1);
  return /[.!?)]$/.test(text) ? text : `${text}.`;
}
