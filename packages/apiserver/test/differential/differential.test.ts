import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ControlPlane, findKubernetes, kubernetesOrSkip, startControlPlane } from '@pullpath/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowances, isAllowed } from './allowances.ts';
import { differencesOf } from './compare.ts';
import { controllers } from './controllers.ts';
import { installKinds } from './install-kinds.ts';
import { normaliseAll } from './normalise.ts';
import { type Exchange, runScript } from './run-script.ts';
import type { Script } from './script.ts';
import { countRequests } from './script.ts';
import { scripts } from './scripts/index.ts';
import { type OurServer, startOurServer } from './servers.ts';
import { commands } from './tour/commands.ts';

const programs = findKubernetes();
let real: ControlPlane | undefined;
let ours: OurServer | undefined;

beforeAll(async () => {
  if (programs === undefined) return;
  [real, ours] = await Promise.all([startControlPlane(programs, { controllers }), startOurServer()]);
  await Promise.all([installKinds(real.api), installKinds(ours.api)]);
}, 60_000);

afterAll(async () => {
  await Promise.all([real?.stop(), ours?.stop()]);
}, 60_000);

test.for(scripts)('answers to $topic are those of the real server', { timeout: 180_000 }, async (script, context) => {
  kubernetesOrSkip(context);
  const [theirs, own] = await answersOf(script);
  const [expected, actual] = [normaliseAll(theirs), normaliseAll(own)];
  const report = theirs.flatMap((exchange, index) =>
    verdict(
      exchange,
      differencesOf(expected[index] as never, actual[index] as never).filter((line) => !isAllowed(line)),
    ),
  );
  expect(report).toEqual([]);
});

test('the suite sends at least 600 requests', () => {
  const sent = scripts.reduce((sum, { steps }) => sum + countRequests(steps), 0);
  expect(sent).toBeGreaterThanOrEqual(600);
});

test('every difference that a script expects is explained in docs/api-differences.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/api-differences.md'), 'utf8');
  const expected = scripts.flatMap(({ steps }) => steps.flatMap(({ difference }) => difference ?? []));
  const inTour = commands.flatMap(({ difference }) => difference ?? []);
  const keys = new Set([...expected, ...inTour, ...allowances.map(({ key }) => key)]);
  expect([...keys].filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
});

test('docs/api-differences.md has at most 25 lines', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/api-differences.md'), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
});

function answersOf(script: Script): Promise<[readonly Exchange[], readonly Exchange[]]> {
  if (!real || !ours) throw new Error('the servers have not started');
  return Promise.all([runScript(real.api, script), runScript(ours.api, script)]);
}

/** A step that names a difference must differ: a line that is no longer true must go. */
function verdict({ step, title }: Exchange, differences: readonly string[]): string[] {
  const { difference } = step;
  if (difference === undefined) return differences.map((line) => `${title}: ${line}`);
  return differences.length > 0 ? [] : [`${title}: no longer differs, yet it names ${difference}`];
}
