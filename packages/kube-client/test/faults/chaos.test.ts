import { startKubeServer } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { staticConnection } from '../../src/node/index.ts';
import { chaos } from './chaos.ts';

test.each([1, 2, 3, 4])(
  'through random faults no event is lost, none comes twice or out of order, and nothing piles up (seed %i)',
  async (seed) => {
    const server = await startKubeServer();
    onTestFinished(async () => server.close());
    const spoilServer = (random: () => number): void => {
      if (random() < 0.05) server.objects.endWatches();
      if (random() < 0.05) server.objects.history.compact();
      if (random() < 0.1) server.objects.bookmark();
    };
    const connection = staticConnection({ server: server.url });
    const result = await chaos({ connection, seed, seconds: 4, watchList: seed % 2 === 0, spoilServer });
    expect(result.observed).toEqual(result.truth);
    expect(result.contradictions).toEqual([]);
    expect(result.failures).toBeGreaterThan(5);
    expect(result.connections).toBeLessThanOrEqual(10);
  },
);
