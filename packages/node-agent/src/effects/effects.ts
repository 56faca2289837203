import type { DisruptionAction } from '@pullpath/pull-config';

/** What an agent can have happen on its node beside files. */
export interface Effects {
  /** Rejects with a `CodedError` when the service does not take its new files up. */
  reload(service: string): Promise<void>;
  restart(service: string): Promise<void>;
  /** systemd reads its units again. */
  daemonReload(): Promise<void>;
  /** Asks for a reboot; the machine may go down before or after this resolves. */
  reboot(): Promise<void>;
  /** Another one after each boot. */
  bootId(): string;
}

/** Runs the actions of a change in their order, each once. A reboot is left to the caller. */
export async function runActions(effects: Effects, actions: readonly DisruptionAction[]): Promise<void> {
  const runs = new Map(actions.flatMap((action) => runOf(effects, action)));
  for (const run of runs.values()) await run();
}

type Run = readonly [name: string, run: () => Promise<void>];

function runOf(effects: Effects, { type, reload, restart }: DisruptionAction): Run[] {
  if (type === 'Special' || type === 'Reload') return [reloadOf(effects, reload?.serviceName ?? crio)];
  if (type === 'DaemonReload') return [[type, () => effects.daemonReload()]];
  if (type !== 'Restart') return [];
  const service = restart?.serviceName ?? crio;
  return [[`restart ${service}`, () => effects.restart(service)]];
}

function reloadOf(effects: Effects, service: string): Run {
  return [`reload ${service}`, () => effects.reload(service)];
}

const crio = 'crio.service';
