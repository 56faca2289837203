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

/** Runs the actions of a change in their order. Gives whether a reboot is among them; that one is left to the caller. */
export async function runActions(effects: Effects, actions: readonly DisruptionAction[]): Promise<void> {
  for (const action of actions) await runAction(effects, action);
}

async function runAction(effects: Effects, { type, reload, restart }: DisruptionAction): Promise<void> {
  if (type === 'Special') return effects.reload(crio);
  if (type === 'Reload') return effects.reload(reload?.serviceName ?? crio);
  if (type === 'Restart') return effects.restart(restart?.serviceName ?? crio);
  if (type === 'DaemonReload') return effects.daemonReload();
}

const crio = 'crio.service';
