/** Values under which an object is found by an index, like the namespace/name of the ConfigMap that it refers to. */
export type IndexFunction<T> = (object: T) => readonly string[];

/** Keys of objects by the values of one index. */
export class IndexTable<T> {
  readonly #valuesOf: IndexFunction<T>;
  readonly #keys = new Map<string, Set<string>>();

  constructor(valuesOf: IndexFunction<T>) {
    this.#valuesOf = valuesOf;
  }

  /** Moves a key from the values of the old object to those of the new one. */
  move(key: string, old: T | undefined, object: T | undefined): void {
    for (const value of old === undefined ? [] : this.#valuesOf(old)) this.#remove(value, key);
    for (const value of object === undefined ? [] : this.#valuesOf(object)) this.#add(value, key);
  }

  keys(value: string): ReadonlySet<string> {
    return this.#keys.get(value) ?? none;
  }

  /** All values that have a key. */
  values(): string[] {
    return [...this.#keys.keys()];
  }

  #add(value: string, key: string): void {
    const keys = this.#keys.get(value);
    if (keys) keys.add(key);
    else this.#keys.set(value, new Set([key]));
  }

  #remove(value: string, key: string): void {
    const keys = this.#keys.get(value);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(value);
  }
}

const none: ReadonlySet<string> = new Set();
