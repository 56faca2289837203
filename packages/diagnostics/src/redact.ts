import type { Diagnostic } from './diagnostic.ts';
import { secretSpans } from './secrets.ts';

/** The text with every secret in it replaced by `***`. Linear in the text. */
export function redact(text: string): string {
  return replaceSpans(text, () => '***');
}

/** The text with every secret covered by as many `*`: columns stay where they are. */
export function maskSecrets(text: string): string {
  return replaceSpans(text, (secret) => '*'.repeat(secret.length));
}

/** A diagnostic whose words hold no secret. Places and edits are as they were. */
export function redactDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { message, expected, hint, related } = diagnostic;
  return {
    ...diagnostic,
    message: redact(message),
    ...(expected === undefined ? {} : { expected: redact(expected) }),
    ...(hint === undefined ? {} : { hint: redact(hint) }),
    ...(related === undefined
      ? {}
      : { related: related.map((place) => ({ ...place, message: redact(place.message) })) }),
  };
}

function replaceSpans(text: string, by: (secret: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (const [start, end] of secretSpans(text)) {
    parts.push(text.slice(from, start), by(text.slice(start, end)));
    from = end;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}
