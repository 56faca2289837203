import { mkdirSync } from 'node:fs';
import { CodedError } from '@pullpath/diagnostics';

/** Makes a directory that a flag names, unless it is there. Throws `CodedError` `directory-unusable`. */
export function makeDirectory(path: string, flag: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new CodedError('directory-unusable', `cannot use ${path}: ${(cause as Error).message}`, {
      hint: `name a directory that this user may write to with ${flag}`,
      cause,
    });
  }
}
