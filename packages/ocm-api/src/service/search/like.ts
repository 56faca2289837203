/**
 * Whether a text fits a pattern of SQL: `%` for anything, `_` for one character. Goes back to the last `%` alone, so that
 * the time is at most text times pattern, both of which are short.
 */
export function isLike(text: string, pattern: string): boolean {
  let [at, of, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[of] === '%') {
      [star, mark] = [of, at];
      of++;
    } else if (of < pattern.length && (pattern[of] === '_' || pattern[of] === text[at])) {
      at++;
      of++;
    } else {
      if (star < 0) return false;
      mark++;
      [of, at] = [star + 1, mark];
    }
  }
  while (pattern[of] === '%') of++;
  return of === pattern.length;
}
