/**
 * Gives each identity that a server made up a name by where it appears first, the same one everywhere: one object more on one
 * side does not shift the names of later ones.
 */
export class Names {
  readonly #uids = new Map<string, string>();
  readonly #versions = new Map<string, string>();
  readonly #prefixes = new Set<string>();
  #exchange = 0;
  readonly #counts = new Map<string, number>();

  /** Says that what follows is the next answer of the script. */
  nextExchange(): void {
    this.#exchange += 1;
    this.#counts.clear();
  }

  /** Remembers that names with this prefix are generated: they are replaced from now on, wherever they stand. */
  generated(prefix: string): void {
    this.#prefixes.add(prefix);
  }

  resourceVersion(text: string): string {
    if (text === '' || text === '0') return text;
    return this.#named(this.#versions, text, 'revision');
  }

  /** Replaces identities, times of today and revisions in messages. */
  text(text: string): string {
    let result = text.replaceAll(uuid, (found) => this.#named(this.#uids, found, 'uid'));
    result = result.replaceAll(time, (found, fraction: string | undefined) => timeOf(found, fraction));
    result = result.replaceAll(revisionInText, (_, before: string) => `${before}<revision>`);
    result = result.replaceAll(versionInText, (_, before: string, version: string, after: string) => {
      return `${before}${this.resourceVersion(version)}${after}`;
    });
    result = result.replaceAll(/serverAddress: "?[\d.]+:\d+"?/g, 'serverAddress: <address>');
    // The real server names the type of self anew each time.
    result = result.replaceAll(/selfType\d+/g, 'selfType');
    for (const prefix of this.#prefixes) result = result.replaceAll(suffixOf(prefix), `${prefix}<random>`);
    return result;
  }

  #named(names: Map<string, string>, text: string, kind: string): string {
    const known = names.get(text);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `<${kind} ${this.#exchange}.${count}>`;
    names.set(text, name);
    return name;
  }
}

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const time = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const revisionInText = /((?:resource version: |current: |\())\d+(?=\)|,|$|\b(?= \())/g;
// In YAML, and in JSON that a message quotes.
const versionInText = /(resourceVersion\\*"?: ?\\*")(\d+)(\\*")/g;
const day = 24 * 60 * 60 * 1000;

function suffixOf(prefix: string): RegExp {
  return new RegExp(`\\b${prefix}[bcdfghjklmnpqrstvwxz2456789]{5}\\b`, 'g');
}

// A time that the script itself names is compared as it is.
function timeOf(text: string, fraction: string | undefined): string {
  if (Math.abs(Date.parse(text) - Date.now()) > day) return text;
  return fraction === undefined ? '<time>' : `<time with ${fraction.length - 1} decimals>`;
}
