/** Does a task per key once; those who ask meanwhile, or later, get the same result. A failure is forgotten. */
export type OncePerKey<T> = (key: string, task: () => Promise<T>) => Promise<T>;

export function oncePerKey<T>(): OncePerKey<T> {
  const results = new Map<string, Promise<T>>();
  return (key, task) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = task();
    results.set(key, result);
    result.catch(() => results.delete(key));
    return result;
  };
}
