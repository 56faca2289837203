import { describe, expect, test } from 'vitest';
import type { NodeFile, RegistriesConf } from '../../src/model.ts';
import { findRegistry, type PullRoute, prefixOf, prepareResolver, resolvePull } from '../../src/pull/index.ts';
import {
  containerdRoutes,
  k3sRoutes,
  type ReportEntry,
  type Runtime,
  type RuntimeOptions,
  renderRuntime,
} from '../../src/runtimes/index.ts';
import { generateReferences, generateTables } from '../oracle/generated-tables.ts';
import { seeded } from '../oracle/random.ts';

/** One generated rule set on one runtime, with references to try on both sides. */
interface Scene {
  readonly conf: RegistriesConf;
  readonly report: readonly ReportEntry[];
  readonly refs: readonly string[];
  readonly route: (image: string) => PullRoute;
  readonly note: string;
}

type Maker = (seed: number) => Scene;

const scenes = 3_000;

const containerd: Maker = (seed) => sceneOf(seed, 'containerd', {}, (files) => containerdRoutes(files).route);
const k3s: Maker = (seed) => sceneOf(seed, 'k3s', {}, (files) => k3sRoutes(files).route);
const k3sWithoutDefault: Maker = (seed) =>
  sceneOf(seed, 'k3s', withoutDefault, (files) => k3sRoutes(files, withoutDefault).route);

const withoutDefault = { disableDefaultEndpoint: true };

describe.each([
  ['containerd', containerd],
  ['k3s', k3s],
  ['k3s without default endpoints', k3sWithoutDefault],
])('%s', (_, sceneFor) => {
  test('no source that the rules forbid is asked, unless the report says so', () => {
    for (let seed = 0; seed < scenes; seed++) expectNoSilentLeak(sceneFor(seed));
  });

  test('a mirror that is not dropped is asked for the pulls of its source', () => {
    for (let seed = 0; seed < scenes; seed++) expectMirrorsAsReported(sceneFor(seed));
  });
});

test.each([
  ['containerd', containerd],
  ['k3s', k3s],
])('%s: where every rule of a registry is exact, every pull takes the route of containers/image', (_, sceneFor) => {
  let compared = 0;
  for (let seed = 0; seed < scenes; seed++) compared += expectEqualRoutes(sceneFor(seed));
  expect(compared).toBeGreaterThan(500);
});

function sceneOf(
  seed: number,
  runtime: Runtime,
  options: RuntimeOptions,
  routeOf: (files: readonly NodeFile[]) => Scene['route'],
): Scene {
  const random = seeded(seed);
  const conf = generateTables(random);
  const { report, files } = renderRuntime(runtime, conf, options);
  const note = `seed ${seed} ${JSON.stringify(conf.registries)}`;
  return { conf, report, refs: generateReferences(random, 12), route: routeOf(files), note };
}

function expectNoSilentLeak({ conf, report, refs, route, note }: Scene): void {
  const resolver = prepareResolver(conf);
  for (const ref of refs) {
    const plan = resolvePull(resolver, ref);
    const source = plan.attempts.at(-1);
    if (source?.outcome !== 'blocked' || plan.matchedScope !== prefixOf(source.blockedBy!)) continue;
    const told = report.some(
      ({ source: scope, verdict, mirror }) => scope === plan.matchedScope && mirror === null && verdict === 'dropped',
    );
    const asked = tried(route(ref)).includes(plan.normalized!);
    expect(asked && !told, `${ref} ${note}`).toBe(false);
  }
}

function expectEqualRoutes({ conf, report, refs, route, note }: Scene): number {
  const resolver = prepareResolver(conf);
  let compared = 0;
  for (const ref of refs) {
    const plan = resolvePull(resolver, ref);
    const lines = report.filter(({ source }) => reaches(source, ref));
    if (plan.error || lines.length === 0 || lines.some(({ verdict }) => verdict !== 'exact')) continue;
    expect(tried(route(ref)), `${ref} ${note}`).toEqual(tried(plan));
    compared++;
  }
  return compared;
}

function expectMirrorsAsReported({ conf, report, refs, route, note }: Scene): void {
  const resolver = prepareResolver(conf);
  for (const ref of refs) {
    const plan = resolvePull(resolver, ref);
    const entry = findRegistry(resolver, plan.normalized?.split(/[:@]/, 2)[0] ?? '');
    // A wildcard carries the port of a host over to its mirrors, which no default of all hosts does.
    if (plan.error || !entry || (plan.matchedScope?.startsWith('*') && ref.includes(':5000/'))) continue;
    for (const attempt of plan.attempts) {
      if (!attempt.mirror || attempt.outcome === 'skipped') continue;
      const line = report.find(
        ({ source, mirror, kind }) =>
          source === plan.matchedScope && mirror === attempt.mirrorOf?.location && kind !== 'location',
      );
      expect(line, `${ref} ${note}`).toBeDefined();
      if (line?.verdict === 'dropped') continue;
      expect(tried(route(ref)), `${ref} via ${attempt.reference} ${note}`).toContain(attempt.reference);
    }
  }
}

function reaches(source: string, ref: string): boolean {
  const host = ref.slice(0, ref.indexOf('/'));
  return source.startsWith('*.') ? host.includes(source.slice(1)) : source === host || source.startsWith(`${host}/`);
}

function tried({ attempts }: Pick<PullRoute, 'attempts'>): string[] {
  const references = attempts.filter(({ outcome }) => outcome === 'tried').map(({ reference }) => reference);
  // An insecure place is two endpoints on k3s, one per scheme.
  return references.filter((reference, index) => reference !== references[index - 1]);
}
