import type { ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';

/** What the client should know although its request succeeded; each becomes one `Warning` header. */
export class Warnings {
  readonly #texts = new Set<string>();

  add(text: string): void {
    this.#texts.add(text);
  }

  /** Values of the headers: RFC 7234 code 299 without an agent; bounded as the real server bounds them. */
  headers(): string[] {
    const headers: string[] = [];
    let left = 4096;
    for (const text of this.#texts) {
      const short = printable(text).slice(0, 256);
      left -= short.length;
      if (left < 0) break;
      headers.push(`299 - ${JSON.stringify(short)}`);
    }
    return headers;
  }
}

/** Tells what the kind has to say of an object that was written. */
export function addWarnings(call: { resource: ResourceDefinition; warnings: Warnings }, object: StoredObject): void {
  for (const text of call.resource.strategy.warnings?.(object) ?? []) call.warnings.add(text);
}

// A header carries neither control characters nor anything beyond Latin-1.
function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, ' ');
}
