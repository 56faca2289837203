/** A CEL `uint`. */
export class Uint {
  readonly value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }
}

/** A CEL optional. */
export class Optional {
  static readonly none: Optional = new Optional(undefined);
  readonly #held: { readonly value: unknown } | undefined;

  constructor(held: { readonly value: unknown } | undefined) {
    this.#held = held;
  }

  static of(value: unknown): Optional {
    return new Optional({ value });
  }

  get present(): boolean {
    return this.#held !== undefined;
  }

  /** Undefined where there is none. */
  get held(): unknown {
    return this.#held?.value;
  }
}

/** A CEL `type`, as `type(x)` gives it. */
export class TypeValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Evaluation failed: the message is what cel-go says. */
export class CelFailure extends Error {
  override readonly name = 'CelFailure';
}

/** A CEL duration. */
export class Duration {
  readonly nanoseconds: bigint;

  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }
}

/** The check of an expression's cost: more than the limit ends evaluation, whatever would catch a failure. */
export class CostExceeded extends Error {
  override readonly name = 'CostExceeded';

  constructor() {
    super('operation cancelled: actual cost limit exceeded');
  }
}

/** A value of a library of Kubernetes, such as a quantity. */
export interface LibraryValue {
  readonly celType: string;
  /** A text that equal values of the type share. */
  readonly key: string;
}

export function isLibraryValue(value: unknown): value is LibraryValue {
  return typeof value === 'object' && value !== null && 'celType' in value && 'key' in value;
}
