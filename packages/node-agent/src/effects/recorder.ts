import { Buffer } from 'node:buffer';
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, pause, systemClock } from '@pullpath/kube-client';
import { privateDirectory } from '../config/path.ts';
import { makeDirectories } from '../root/directories.ts';
import { readPlain } from '../root/files.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { writePrivate } from '../root/state-store.ts';
import type { Effects } from './effects.ts';

/** What was asked of a machine that is none. */
export interface RecordedAction {
  /** RFC 3339. */
  readonly time: string;
  readonly action: 'reload' | 'restart' | 'daemon-reload' | 'reboot';
  readonly service?: string | undefined;
}

export interface RecorderOptions {
  /** Milliseconds that a boot takes. */
  readonly bootMs?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Told when the machine goes down, and when it is up again. */
  readonly onPower?: ((up: boolean) => Promise<void>) | undefined;
  readonly record?: ((action: RecordedAction) => void) | undefined;
}

/** Where the actions of a recorder lie, one JSON object a line. */
export const actionsPath: string = `${privateDirectory}/actions.log`;
const bootPath = `${privateDirectory}/boot`;

/** Effects of a directory that stands for a node: they are written down, and a reboot is a new boot id. */
export function recorderEffects(root: NodeRoot, options: RecorderOptions = {}): Effects {
  const { bootMs = 0, clock = systemClock, onPower = () => Promise.resolve(), record = () => undefined } = options;
  const note = (action: RecordedAction['action'], service?: string): void => {
    const entry = { time: new Date(clock.now()).toISOString(), action, ...(service === undefined ? {} : { service }) };
    appendAction(root, entry);
    record(entry);
  };
  let known: number | undefined;
  const boots = (): number => {
    known ??= Number(readPlain(root, bootPath)?.contents.toString() ?? 1);
    return known;
  };
  return {
    reload: async (service) => note('reload', service),
    restart: async (service) => note('restart', service),
    daemonReload: async () => note('daemon-reload'),
    bootId: () => `boot-${boots()}`,
    async reboot() {
      note('reboot');
      await onPower(false);
      await pause(clock, bootMs);
      known = boots() + 1;
      writePrivate(root, { path: bootPath, mode: 0o600, contents: Buffer.from(String(known)) });
      await onPower(true);
    },
  };
}

const mostBytes = 2 ** 20;

function appendAction(root: NodeRoot, entry: RecordedAction): void {
  const real = join(root.directory, actionsPath);
  makeDirectories(root, actionsPath);
  const { size = 0 } = statSync(real, { throwIfNoEntry: false }) ?? {};
  if (size > mostBytes) renameSync(real, `${real}.before`);
  appendFileSync(real, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
}
