import { isDeepStrictEqual } from 'node:util';
import { type ControlPlane, findKubernetes, findProgram, kubernetesOrSkip, startControlPlane } from '@pullpath/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { controllers } from './controllers.ts';
import { installKinds } from './install-kinds.ts';
import { type OurServer, startOurServer } from './servers.ts';
import { commands } from './tour/commands.ts';
import { runTour, type TourStep } from './tour/run-tour.ts';

const programs = findKubernetes();
const stock = findProgram('kubectl');
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

const kubectls: readonly (readonly [string, readonly [string, ...string[]] | undefined])[] = [
  ['the kubectl built beside the server', programs?.kubectl],
  ['the kubectl on PATH', stock === undefined ? undefined : [stock]],
];

test.for(kubectls)(
  '%s cannot tell our server from the real one',
  { timeout: 400_000 },
  async ([, kubectl], context) => {
    kubernetesOrSkip(context);
    if (kubectl === undefined) return context.skip('no kubectl on PATH');
    if (!real || !ours) throw new Error('the servers have not started');
    const [expected, actual] = await Promise.all([
      runTour(kubectl, real.kubeconfig, commands),
      runTour(kubectl, ours.kubeconfig, commands),
    ]);
    expect(actual.map(({ title }) => title)).toEqual(expected.map(({ title }) => title));
    const wrong = expected.flatMap((step, index) => verdict(step, actual[index] as TourStep));
    expect(wrong).toEqual([]);
  },
);

test('the tour has at least 80 commands', () => {
  expect(commands.length).toBeGreaterThanOrEqual(80);
});

/** A command that names a difference must differ: a line that is no longer true must go. */
function verdict(theirs: TourStep, own: TourStep): unknown[] {
  const same = isDeepStrictEqual(theirs, own);
  if (theirs.difference === undefined) return same ? [] : [{ theirs, own }];
  return same ? [`${theirs.title}: no longer differs, yet it names ${theirs.difference}`] : [];
}
