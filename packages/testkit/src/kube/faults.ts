/** Which requests of a test API server go wrong, how, and how often. */
export interface KubeFault {
  readonly method?: string | undefined;
  /** Part of path and query. */
  readonly path?: string | undefined;
  /** Without it, for ever. */
  readonly times?: number | undefined;
  readonly effect: KubeFaultEffect;
}

export type KubeFaultEffect =
  /** An answer instead of the right one; `carriedOut` first does what was asked. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: unknown;
      readonly carriedOut?: boolean | undefined;
    }
  /** The connection is cut without an answer. */
  | { readonly kind: 'cut'; readonly carriedOut?: boolean | undefined }
  /** No byte ever comes. */
  | { readonly kind: 'hang' }
  /** The first `bytes` of the right answer come, then the connection is cut, or stays without a byte. */
  | { readonly kind: 'partial'; readonly bytes: number; readonly after: 'cut' | 'hang' }
  /** The right answer, a few bytes at a time. */
  | { readonly kind: 'drip'; readonly bytes: number };

/** Faults that are left to happen; later ones come first. */
export class Faults {
  readonly #faults: { readonly fault: KubeFault; left: number }[] = [];

  add(fault: KubeFault): void {
    this.#faults.unshift({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** No more of them. */
  clear(): void {
    this.#faults.length = 0;
  }

  take(method: string, path: string): KubeFaultEffect | undefined {
    const found = this.#faults.find(({ fault, left }) => left > 0 && matches(fault, method, path));
    if (found) found.left--;
    return found?.fault.effect;
  }
}

function matches(fault: KubeFault, method: string, path: string): boolean {
  return (fault.method ?? method) === method && path.includes(fault.path ?? '');
}
