/** Gives each identity that a server made up a name by order of appearance: the same one is the same everywhere. */
export class Names {
  readonly #uids = new Map<string, string>();
  readonly #versions = new Map<string, string>();
  readonly #generated = new Map<string, string>();

  /** Remembers a generated name, to be replaced wherever it stands. */
  generated(prefix: string, name: string): void {
    if (name.startsWith(prefix) && name.length === prefix.length + 5 && !this.#generated.has(name)) {
      this.#generated.set(name, `${prefix}<random ${this.#generated.size + 1}>`);
    }
  }

  resourceVersion(text: string): string {
    if (text === '' || text === '0') return text;
    return named(this.#versions, text, 'revision');
  }

  /** Replaces identities, times of today and revisions in messages. */
  text(text: string): string {
    let result = text.replaceAll(uuid, (found) => named(this.#uids, found, 'uid'));
    result = result.replaceAll(time, (found, fraction: string | undefined) => timeOf(found, fraction));
    result = result.replaceAll(revisionInText, (_, before: string) => `${before}<revision>`);
    for (const [name, replacement] of this.#generated) result = result.replaceAll(name, replacement);
    return result;
  }
}

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const time = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const revisionInText = /((?:resource version: |current: |\())\d+(?=\)|,|$|\b(?= \())/g;
const day = 24 * 60 * 60 * 1000;

function named(names: Map<string, string>, text: string, kind: string): string {
  const known = names.get(text) ?? `<${kind} ${names.size + 1}>`;
  names.set(text, known);
  return known;
}

// A time that the script itself names is compared as it is.
function timeOf(text: string, fraction: string | undefined): string {
  if (Math.abs(Date.parse(text) - Date.now()) > day) return text;
  return fraction === undefined ? '<time>' : `<time with ${fraction.length - 1} decimals>`;
}
