import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';

/** The bytes of one input, named as the user named it. */
export interface InputFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

const manifestEnding = /\.(ya?ml|json)$/i;

// More than any store of objects accepts; what is larger is refused before it is read into memory.
const largestFile = 256 * 2 ** 20;

/**
 * Reads files, directories (recursively, manifests by ending, in path order, hidden ones left out) and `-` (stdin).
 * Throws `CodedError` for the first path that cannot be read.
 */
export function readFiles(paths: readonly string[]): InputFile[] {
  return paths.flatMap((path) => (path === '-' ? [readStdin()] : expand(path).map(readOne)));
}

/** One text, UTF-8. Throws `CodedError` when it cannot be read. */
export function readText(path: string): string {
  return new TextDecoder().decode((path === '-' ? readStdin() : readOne(path)).bytes);
}

function expand(path: string): string[] {
  if (!attempt(path, () => statSync(path)).isDirectory()) return [path];
  return manifestsBelow(path);
}

// Symbolic links to directories are not followed, so a link cannot lead in a circle.
function manifestsBelow(directory: string): string[] {
  const entries = attempt(directory, () => readdirSync(directory, { withFileTypes: true }));
  const visible = entries.filter((entry) => !entry.name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
  return visible.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return manifestsBelow(path);
    return manifestEnding.test(entry.name) ? [path] : [];
  });
}

function readOne(file: string): InputFile {
  const { size } = attempt(file, () => statSync(file));
  if (size > largestFile) {
    throw new CodedError('file-too-large', `${file}: ${size} bytes are more than the ${largestFile} that are read`, {
      hint: 'split the file; a single Kubernetes object is at most a few megabytes',
    });
  }
  return { file, bytes: attempt(file, () => readFileSync(file)) };
}

function readStdin(): InputFile {
  return { file: '-', bytes: attempt('standard input', () => readFileSync(0)) };
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CodedError('file-unreadable', `cannot read ${path}: ${reasons[code ?? ''] ?? String(cause)}`, {
      hint: 'name a file, a directory, or - for standard input',
      cause,
    });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  EAGAIN: 'standard input is a terminal that is not ready',
};
