import { certsDirectory, type EffectiveFiles } from '../config/effective-files.ts';
import { type NodeFileBytes, recordOf, sha256 } from '../config/node-file.ts';
import { readFile } from '../root/files.ts';
import type { LocalState } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { keepContents, saveState } from '../root/state-store.ts';

/**
 * Takes the files of a configuration that the machine booted with as ours, without writing one: what differs is drift. What
 * lies there is what is put back on uninstall. Other people's files below certs.d stay theirs.
 */
export function adoptFiles(root: NodeRoot, local: LocalState, config: string, wanted: EffectiveFiles): LocalState {
  const lying = new Map(
    wanted.files.flatMap(({ path }) => readFile(root, path) ?? []).map((file) => [file.path, file]),
  );
  const own = wanted.files.filter((file) => !isForeign(file, lying.get(file.path)));
  const found = own.flatMap(({ path }) => lying.get(path) ?? []);
  keepContents(root, [...own, ...found]);
  const adopted = {
    ...local,
    config,
    files: own.map(recordOf),
    originals: found.map((file) => ({ path: file.path, record: recordOf(file), isFromBoot: true }) as const),
  };
  saveState(root, adopted);
  return adopted;
}

function isForeign({ path, contents }: NodeFileBytes, lying: NodeFileBytes | undefined): boolean {
  return path.startsWith(`${certsDirectory}/`) && lying !== undefined && sha256(lying.contents) !== sha256(contents);
}
