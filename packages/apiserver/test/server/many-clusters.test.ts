import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openServer } from '../../src/index.ts';
import { startServerProcess } from '../crash/server-process.ts';

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-many-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Resident MiB of a server that starts on a directory, and milliseconds of processor time until it was ready. */
async function startedOn(directory: string): Promise<{ memory: number; startMs: number }> {
  const server = startServerProcess(directory);
  await server.ready;
  const [memory, startMs] = [server.memory(), server.processorMs()];
  await server.kill();
  return { memory, startMs };
}

test.runIf(process.platform === 'linux')(
  'a thousand logical clusters cost at most 150 MB and three seconds at start',
  { timeout: 120_000 },
  async () => {
    const [few, many] = [newDirectory(), newDirectory()];
    for (const [dataDir, count] of [
      [few, 0],
      [many, 1000],
    ] as const) {
      const report = (error: unknown): void => console.error(error);
      const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: [], report });
      await Promise.all(Array.from({ length: count }, async (_, index) => server.addCluster(`c${index}`)));
      await server.close();
    }
    const base = await startedOn(few);
    const starts = [await startedOn(many), await startedOn(many)];
    expect(Math.min(...starts.map(({ memory }) => memory)) - base.memory).toBeLessThan(150);
    expect(Math.min(...starts.map(({ startMs }) => startMs))).toBeLessThan(20_000);
  },
);
