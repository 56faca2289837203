import { hasDirectory } from '../root/directories.ts';
import type { LocalState, Update } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { dropContents, saveState } from '../root/state-store.ts';
import { removeEmptyDirectories } from './change-files.ts';

/** The change is done: its files are ours, those of before are kept for the way back. */
export function commitUpdate(root: NodeRoot, local: LocalState, { config, files }: Update): LocalState {
  const { update: _, ...kept } = local;
  const previous = local.config === '' ? local.previous : { config: local.config, files: local.files };
  return settle(root, { ...kept, config, files, ...(previous ? { previous } : {}) });
}

/** The change is undone: what was there before is there again. */
export function abandonUpdate(root: NodeRoot, local: LocalState): LocalState {
  const { update: _, ...kept } = local;
  return settle(root, kept);
}

function settle(root: NodeRoot, state: LocalState): LocalState {
  const own = new Set(state.files.map(({ path }) => path));
  removeEmptyDirectories(root, state.directories);
  const settled = {
    ...state,
    originals: state.originals.filter(({ path }) => own.has(path)),
    directories: state.directories.filter((directory) => hasDirectory(root, `${directory}/-`)),
  };
  saveState(root, settled);
  dropContents(root, settled);
  return settled;
}
