import type { DisruptionAction } from '@pullpath/pull-config';
import type { FileRecord } from '../config/node-file.ts';

/** What an agent remembers of its node. It is on the disk before anything that relies on it happens. */
export interface LocalState {
  /** The MachineConfig whose files are in place; empty before the first. */
  readonly config: string;
  /** The files that are ours, ascending by path. */
  readonly files: readonly FileRecord[];
  /** What lay where we wrote, as it was before us. */
  readonly originals: readonly Original[];
  /** Directories that we made, parents first. */
  readonly directories: readonly string[];
  /** What was in place before `config`. */
  readonly previous?: { readonly config: string; readonly files: readonly FileRecord[] } | undefined;
  /** A change that has begun and not ended. */
  readonly update?: Update | undefined;
}

/** `record` is absent where nothing lay. */
export interface Original {
  readonly path: string;
  readonly record?: FileRecord | undefined;
  /** It came with the first boot, from the configuration itself: it goes with that, and comes back when the agent leaves. */
  readonly isFromBoot?: true | undefined;
}

/** A change of the node from one configuration to another. */
export interface Update {
  readonly config: string;
  readonly files: readonly FileRecord[];
  /** What the change asks for once the files are in place. */
  readonly actions: readonly DisruptionAction[];
  /**
   * `applying`: files are written and actions run, both may be repeated. `booting`: a reboot was asked for. `undoing`: the
   * files of before are put back.
   */
  readonly phase: 'applying' | 'booting' | 'undoing';
  /** The boot in which the reboot was asked for. */
  readonly bootId?: string | undefined;
  /** Why it is undone. */
  readonly reason?: string | undefined;
}

export const emptyState: LocalState = { config: '', files: [], originals: [], directories: [] };

/** Every file whose contents must be kept: those in place, those to come and those to go back to. */
export function keptRecords({ files, originals, previous, update }: LocalState): FileRecord[] {
  const before = originals.flatMap(({ record }) => (record ? [record] : []));
  return [...files, ...before, ...(previous?.files ?? []), ...(update?.files ?? [])];
}
