import { type KubeObject, valueAt } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import { rolloutMarks } from './marks.ts';

/** What an administrator's word makes of a MachineConfigPool. */
export interface Steering {
  /** Merge patch of the pool. */
  readonly patch: Readonly<Record<string, unknown>>;
  /** What happens then. */
  readonly message: string;
}

/** No further node is told anything. */
export function pauseRollout({ metadata }: KubeObject): Steering {
  return { patch: { spec: { paused: true } }, message: `${metadata.name} is paused: no further node is told anything` };
}

/** The same for a NodePool, of which nothing is reconciled then. */
export function pauseNodePool({ metadata }: KubeObject): Steering {
  return {
    patch: { spec: { pausedUntil: 'true' } },
    message: `${metadata.name} is paused: its nodes stay as they are`,
  };
}

export function resumeNodePool({ metadata }: KubeObject): Steering {
  return { patch: { spec: { pausedUntil: null } }, message: `${metadata.name} goes on` };
}

/** Goes on to what the rules ask for: past a pause, past the canaries, and after going back. */
export function resumeRollout(pool: KubeObject): Steering {
  const asked = pool.metadata.annotations?.[rolloutMarks.pinnedOver] ?? targetOf(pool);
  const annotations = {
    [rolloutMarks.approved]: asked === '' ? null : asked,
    [rolloutMarks.pinned]: null,
    [rolloutMarks.pinnedOver]: null,
  };
  const message = `${pool.metadata.name} goes on${asked === '' ? '' : ` to ${asked}`}`;
  return { patch: { metadata: { annotations }, spec: { paused: false } }, message };
}

/**
 * Goes back: to the configuration named, else to the last that all nodes had, or that they had before. It lasts until the
 * rules ask for another one. Throws `CodedError` `nothing-to-undo` where there is none.
 */
export function undoRollout(pool: KubeObject, configs: readonly KubeObject[], to?: string): Steering {
  const asked = pool.metadata.annotations?.[rolloutMarks.pinnedOver] ?? targetOf(pool);
  const past = configs.filter(({ metadata: { name } }) => name !== asked && name !== targetOf(pool));
  const back =
    to === undefined ? lastGood(pool, past) : configs.find(({ metadata }) => metadata.name === to)?.metadata.name;
  if (back === undefined || back === targetOf(pool)) throw nothingToUndo(pool, past, to);
  const annotations = { [rolloutMarks.pinned]: back, [rolloutMarks.pinnedOver]: asked };
  return { patch: { metadata: { annotations } }, message: `${pool.metadata.name} goes back to ${back}` };
}

function targetOf(pool: KubeObject): string {
  const name = valueAt(pool, ['spec', 'configuration', 'name']);
  return typeof name === 'string' ? name : '';
}

function lastGood(pool: KubeObject, past: readonly KubeObject[]): string | undefined {
  const held = valueAt(pool, ['status', 'configuration', 'name']);
  const newest = [...past].sort((one, other) => createdAt(other) - createdAt(one));
  return (newest.find(({ metadata }) => metadata.name === held) ?? newest[0])?.metadata.name;
}

function createdAt({ metadata }: KubeObject): number {
  return Date.parse(String(metadata['creationTimestamp'])) || 0;
}

function nothingToUndo(pool: KubeObject, past: readonly KubeObject[], to: string | undefined): CodedError {
  const names = past.map(({ metadata }) => metadata.name);
  const hint = names.length === 0 ? 'the rules have not changed yet' : `there are ${names.join(', ')}`;
  const what = to === undefined ? 'no configuration to go back to' : `no past configuration ${to}`;
  return new CodedError('nothing-to-undo', `pool ${pool.metadata.name} has ${what}`, { hint });
}
