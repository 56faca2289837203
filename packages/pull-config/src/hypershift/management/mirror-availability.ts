/** Seconds that an answer of a mirror is believed: longer when it was there, so that a flapping mirror moves nothing. */
export const availabilityTtlSeconds: { readonly available: number; readonly unavailable: number } = {
  available: 300,
  unavailable: 60,
};

interface Entry {
  readonly available: boolean;
  readonly expires: number;
}

/**
 * Remembers which mirror references answered, for each pull secret on its own. `now` gives seconds; `secretId` names a
 * pull secret without holding it (HyperShift takes the first 8 bytes of its SHA-256).
 */
export class MirrorAvailability {
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What is known of a mirror reference; undefined when nothing is, or not any more. */
  get(reference: string, secretId: string): boolean | undefined {
    const entry = this.#entries.get(keyOf(reference, secretId));
    if (entry === undefined || this.#now() < entry.expires) return entry?.available;
    this.#entries.delete(keyOf(reference, secretId));
    return undefined;
  }

  set(reference: string, secretId: string, available: boolean): void {
    const ttl = available ? availabilityTtlSeconds.available : availabilityTtlSeconds.unavailable;
    this.#entries.set(keyOf(reference, secretId), { available, expires: this.#now() + ttl });
  }

  /** What is believed now or asked for otherwise; an answer is remembered. */
  check(reference: string, secretId: string, probe: (reference: string) => boolean): boolean {
    const known = this.get(reference, secretId);
    if (known !== undefined) return known;
    const available = probe(reference);
    this.set(reference, secretId, available);
    return available;
  }

  /** The mirror references remembered for a pull secret, oldest first, expired ones included until they are asked for. */
  references(secretId: string): readonly string[] {
    const suffix = keyOf('', secretId);
    return [...this.#entries.keys()].filter((key) => key.endsWith(suffix)).map((key) => key.slice(0, -suffix.length));
  }
}

function keyOf(reference: string, secretId: string): string {
  return `${reference}|${secretId}`;
}
