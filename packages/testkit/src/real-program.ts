/** What a test context of vitest offers; it throws. */
export interface Skippable {
  skip(note?: string): never;
}

/**
 * What a test needs of the field's real programs. Without it the test is skipped with a line that says what provides it;
 * `PULLPATH_ORACLES=required` makes that a failure, `PULLPATH_ORACLES=off` skips these tests even where the program is.
 */
export function realProgram<T>(test: Skippable, find: () => T | undefined, note: string): T {
  const wish = process.env['PULLPATH_ORACLES'];
  if (wish === 'off') return test.skip('PULLPATH_ORACLES=off');
  const found = find();
  if (found !== undefined) return found;
  if (wish === 'required') throw new Error(note);
  return test.skip(note);
}
