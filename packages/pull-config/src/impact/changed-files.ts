import type { NodeFile } from '../model.ts';

/** How one file of a node differs between two trees. */
export interface FileChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before?: NodeFile;
  readonly after?: NodeFile;
}

/** Files that differ in contents or mode, ascending by path. */
export function diffNodeFiles(before: readonly NodeFile[], after: readonly NodeFile[]): FileChange[] {
  const old = new Map(before.map((file) => [file.path, file]));
  const now = new Map(after.map((file) => [file.path, file]));
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort(byCodePoints);
  return paths.flatMap((path) => changeOf(path, old.get(path), now.get(path)));
}

function changeOf(path: string, before: NodeFile | undefined, after: NodeFile | undefined): FileChange[] {
  if (before === undefined) return after === undefined ? [] : [{ path, change: 'added', after }];
  if (after === undefined) return [{ path, change: 'removed', before }];
  if (before.contents === after.contents && before.mode === after.mode) return [];
  return [{ path, change: 'changed', before, after }];
}

// UTF-16 order differs from byte order only for paths with surrogates, which no node file has.
function byCodePoints(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
