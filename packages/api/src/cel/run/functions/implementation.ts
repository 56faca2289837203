/** What an overload does with its values; its declaration says their types. Throws `CelFailure`. */
export type Implementation = (...args: readonly never[]) => unknown;

/** Implementations by the id of the overload. */
export type Implementations = Readonly<Record<string, Implementation>>;
