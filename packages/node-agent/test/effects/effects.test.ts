import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DisruptionAction } from '@pullpath/pull-config';
import { expect, test } from 'vitest';
import { runActions } from '../../src/effects/effects.ts';
import { recorderEffects } from '../../src/effects/recorder.ts';
import { systemEffects } from '../../src/effects/system.ts';
import { openRoot } from '../../src/root/node-root.ts';
import { temporaryDirectory } from '../start.ts';

test('actions run in their order, each once, and a reboot is left to the caller', async () => {
  const root = openRoot(temporaryDirectory());
  const seen: string[] = [];
  const record = ({ action, service }: { action: string; service?: string | undefined }): void =>
    void seen.push(`${action} ${service ?? ''}`.trim());
  const actions: DisruptionAction[] = [
    { type: 'Special' },
    { type: 'Restart', restart: { serviceName: 'update-ca-trust.service' } },
    { type: 'Reload', reload: { serviceName: 'crio.service' } },
    { type: 'DaemonReload' },
    { type: 'Restart', restart: { serviceName: 'crio.service' } },
    { type: 'None' },
    { type: 'Reboot' },
  ];
  await runActions(recorderEffects(root, { record }), actions);
  expect(seen).toEqual([
    'reload crio.service',
    'restart update-ca-trust.service',
    'daemon-reload',
    'restart crio.service',
  ]);
});

test('a recorded reboot is another boot, and stays so', async () => {
  const root = openRoot(temporaryDirectory());
  const power: boolean[] = [];
  const effects = recorderEffects(root, { onPower: async (up) => void power.push(up) });
  expect(effects.bootId()).toBe('boot-1');
  await effects.reboot();
  expect(effects.bootId()).toBe('boot-2');
  expect(recorderEffects(root).bootId()).toBe('boot-2');
  expect(power).toEqual([false, true]);
});

test('CRI-O is told by a command, whose failure is told in its own words', async () => {
  const directory = temporaryDirectory();
  const said = join(directory, 'said');
  const works = systemEffects('/', { by: 'command', command: ['sh', '-c', `echo reloaded > ${said}`] });
  await works.reload('crio.service');
  expect(readFileSync(said, 'utf8')).toBe('reloaded\n');
  const fails = systemEffects('/', { by: 'command', command: ['sh', '-c', 'echo no such unit >&2; exit 1'] });
  await expect(fails.reload('crio.service')).rejects.toMatchObject({
    code: 'node-action-failed',
    message: expect.stringContaining('failed: no such unit'),
  });
});

test('CRI-O is told by SIGHUP to the process of a file', async () => {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'run/crio'), { recursive: true });
  const hups: number[] = [];
  const onHup = (): void => void hups.push(1);
  process.on('SIGHUP', onHup);
  writeFileSync(join(root, 'run/crio/crio.pid'), `${process.pid}\n`);
  await systemEffects(root, { by: 'signal', pidFile: '/run/crio/crio.pid' }).reload('crio.service');
  await expect.poll(() => hups.length).toBe(1);
  process.off('SIGHUP', onHup);
  writeFileSync(join(root, 'run/crio/crio.pid'), '-1');
  await expect(
    systemEffects(root, { by: 'signal', pidFile: '/run/crio/crio.pid' }).reload('crio.service'),
  ).rejects.toThrow('holds no process id');
});
