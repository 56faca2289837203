import { findKubernetes, kubernetesOrSkip } from '@pullpath/testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { realWorld } from './real-world.ts';
import { runStep } from './run-step.ts';
import { seed000 } from './seed-000.ts';
import { seed001 } from './seed-001.ts';
import { seed002 } from './seed-002.ts';
import { seed004 } from './seed-004.ts';
import { serveWorld, type World } from './world.ts';

const programs = findKubernetes();

const steps = [...seed000, ...seed001, ...seed002, ...seed004].flatMap(({ seed, title, steps: of }) =>
  of.map((step) => ({ name: `seed ${seed}, ${title}: ${step.title}`, step })),
);

const worlds = [
  { name: 'pullpath serve', start: serveWorld },
  { name: 'the real API server with operator and agents', start: realWorld },
];

describe.each(worlds)('on $name', ({ start }) => {
  let world: World | undefined;

  beforeAll(async () => {
    if (programs) world = await start(programs);
  }, 120_000);

  afterAll(async () => {
    await world?.stop();
  }, 60_000);

  // One after the other: each builds on what the ones before it applied.
  test.for(steps)('$name', { timeout: 120_000 }, async ({ step }, context) => {
    kubernetesOrSkip(context);
    if (!world) throw new Error('the server has not started');
    await runStep(world, step);
  });
});
