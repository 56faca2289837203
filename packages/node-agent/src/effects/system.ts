import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CodedError } from '@pullpath/diagnostics';
import type { Effects } from './effects.ts';

/** How CRI-O is told to read its files again. */
export type ReloadBy =
  | { readonly by: 'systemctl' }
  /** SIGHUP to the process whose id is in a file of the node. */
  | { readonly by: 'signal'; readonly pidFile: string }
  | { readonly by: 'command'; readonly command: readonly [string, ...string[]] };

const run = promisify(execFile);
const longestMs = 120_000;

/**
 * Effects of a real node by its systemd: from a container through the node's own `systemctl` in its root, which needs the
 * capability to chroot and the node's `/run`.
 */
export function systemEffects(root: string, reloadBy: ReloadBy): Effects {
  const systemctl = (...args: readonly string[]): Promise<void> =>
    command(root === '/' ? ['systemctl', ...args] : ['chroot', root, 'systemctl', ...args]);
  return {
    reload: (service) =>
      service === 'crio.service' ? reloadCrio(root, reloadBy, systemctl) : systemctl('reload', service),
    restart: (service) => systemctl('restart', service),
    daemonReload: () => systemctl('daemon-reload'),
    reboot: () => systemctl('reboot'),
    bootId: () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
  };
}

async function reloadCrio(
  root: string,
  reloadBy: ReloadBy,
  systemctl: (...args: readonly string[]) => Promise<void>,
): Promise<void> {
  if (reloadBy.by === 'systemctl') await systemctl('reload', 'crio.service');
  else if (reloadBy.by === 'command') await command(reloadBy.command);
  else signal(join(root, reloadBy.pidFile));
}

function signal(pidFile: string): void {
  try {
    const id = Number(readFileSync(pidFile, 'utf8').trim());
    if (!Number.isInteger(id) || id < 2) throw new Error(`${pidFile} holds no process id`);
    process.kill(id, 'SIGHUP');
  } catch (error) {
    throw failed(`send SIGHUP to the process of ${pidFile}`, error);
  }
}

async function command([program = '', ...args]: readonly string[]): Promise<void> {
  try {
    await run(program, args, { timeout: longestMs, maxBuffer: 2 ** 20 });
  } catch (error) {
    throw failed([program, ...args].join(' '), error);
  }
}

function failed(what: string, cause: unknown): CodedError {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().slice(0, longestSaid) : '';
  const why = said || (cause instanceof Error ? cause.message : String(cause));
  return new CodedError('node-action-failed', `${what} failed: ${why}`, {
    hint: 'see the journal of the service on the node',
    cause,
  });
}

const longestSaid = 500;
