const mostAttempts = 500;

/** A smaller text for which `fails` is still true: pieces are left out, large ones first, while that keeps the failure. */
export function shrunk(text: string, fails: (text: string) => boolean): string {
  let smallest = text;
  let attempts = 0;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length && attempts < mostAttempts; attempts++) {
      const candidate = smallest.slice(0, at) + smallest.slice(at + size);
      if (fails(candidate)) smallest = candidate;
      else at += size;
    }
  }
  return smallest;
}
