import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soak } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { Store } from '../../src/index.ts';
import { clientOf } from './client.ts';
import { crash } from './crash.ts';
import { startServerProcess } from './server-process.ts';
import { configMaps } from './writer.ts';

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-crash-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const points = soak ? 500 : 25;

test(`killed at ${points} points under load, a server keeps every promise`, { timeout: points * 6_000 }, async () => {
  const result = await crash(newDirectory(), Number(process.env['PULLPATH_SEED'] ?? 1), points);
  if (soak) console.log(result);
  expect(result.broken).toEqual([]);
  expect(result.acknowledged).toBeGreaterThan(points * 4);
  expect(result.events).toBeGreaterThan(points * 4);
  expect(result.resumed).toBeGreaterThan(points);
});

test.runIf(process.platform === 'linux')(
  'killed with 10,000 objects, a server is ready again within two seconds',
  { timeout: 60_000 },
  async () => {
    const directory = newDirectory();
    const store = Store.open({ directory });
    const data = { text: 'x'.repeat(1_800) };
    const nameOf = (index: number): string => `m-${String(index).padStart(5, '0')}`;
    await Promise.all(
      Array.from({ length: 10_000 }, (_, index) =>
        store.write('root//configmaps', `default/${nameOf(index)}`, () => ({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: nameOf(index), namespace: 'default', uid: `u${index}` },
          data,
        })),
      ),
    );
    store.close();
    const times: { wall: number; processor: number }[] = [];
    for (let round = 0; round < 3; round++) {
      const server = startServerProcess(directory);
      const client = clientOf((await server.ready) ?? '', directory);
      times.push({ wall: server.startMs(), processor: server.processorMs() });
      for (let index = 0; index < 100; index++)
        await client.ask(
          'PATCH',
          `${configMaps.path}/${nameOf(index)}?fieldManager=a&force=true`,
          configMaps.object(nameOf(index), `${round}`),
        );
      await server.kill();
      client.close();
    }
    if (soak) console.log(times);
    // The first start makes certificates. Neighbours on the machine take wall time, not processor time.
    expect(Math.min(...times.slice(1).map(({ processor }) => processor))).toBeLessThan(2_000);
  },
);
