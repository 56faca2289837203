import { type Origin, replaceValue } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';

/** The repair that puts another text in the place of a value; none where the YAML allows no safe edit. */
export function writeInstead({ of, path }: Origin, text: string): Pick<Diagnostic, 'fix'> {
  const edits = replaceValue(of, path, text);
  return edits ? { fix: { title: `write ${text}`, edits } } : {};
}
