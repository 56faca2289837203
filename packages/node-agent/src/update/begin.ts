import { recordOf } from '../config/node-file.ts';
import { missingDirectories } from '../root/directories.ts';
import type { LocalState } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { keepContents, saveState } from '../root/state-store.ts';
import type { UpdatePlan } from './plan-update.ts';

/**
 * Keeps all that a change needs, to be finished or undone without anyone's help, and writes down that it begins. Nothing of
 * the node has changed when this returns.
 */
export function beginUpdate(root: NodeRoot, local: LocalState, plan: UpdatePlan): LocalState {
  keepContents(root, [...plan.files, ...plan.found]);
  const began = withUpdate(root, local, plan);
  saveState(root, began);
  return began;
}

function withUpdate(root: NodeRoot, local: LocalState, { config, files, found, decision }: UpdatePlan): LocalState {
  const own = new Set(local.files.map(({ path }) => path));
  const lying = new Map(found.map((file) => [file.path, recordOf(file)]));
  const originals = files
    .filter(({ path }) => !own.has(path))
    .map(({ path }) => ({ path, ...(lying.has(path) ? { record: lying.get(path) } : {}) }));
  const made = files.flatMap(({ path }) => missingDirectories(root, path));
  return {
    ...local,
    originals: [...local.originals.filter(({ path }) => own.has(path)), ...originals],
    directories: [...new Set([...local.directories, ...made])].sort(),
    update: { config, files: files.map(recordOf), actions: decision.actions, phase: 'applying' },
  };
}
