import { expect, test } from 'vitest';
import {
  containerdRoutes,
  findRegistry,
  type PullRoute,
  prefixOf,
  prepareResolver,
  type RegistriesConf,
  type ReportEntry,
  type Runtime,
  renderRuntime,
  resolvePull,
} from '../../src/index.ts';
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

const scenes = 3_000;

test('containerd: no source that the rules forbid is asked, unless the report says so', () => {
  for (let seed = 0; seed < scenes; seed++) expectNoSilentLeak(containerdScene(seed));
});

test('containerd: where every rule of a registry is exact, every pull takes the route of containers/image', () => {
  let compared = 0;
  for (let seed = 0; seed < scenes; seed++) compared += expectEqualRoutes(containerdScene(seed));
  expect(compared).toBeGreaterThan(1_000);
});

test('containerd: an exact or widened mirror is asked for the pulls of its source, a dropped one is not', () => {
  for (let seed = 0; seed < scenes; seed++) expectMirrorsAsReported(containerdScene(seed));
});

function containerdScene(seed: number): Scene {
  return sceneOf(seed, 'containerd', (conf) => containerdRoutes(renderRuntime('containerd', conf).files).route);
}

function sceneOf(seed: number, runtime: Runtime, routeOf: (conf: RegistriesConf) => Scene['route']): Scene {
  const random = seeded(seed);
  const conf = generateTables(random);
  const { report } = renderRuntime(runtime, conf);
  const note = `seed ${seed} ${JSON.stringify(conf.registries)}`;
  return { conf, report, refs: generateReferences(random, 12), route: routeOf(conf), note };
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
  return attempts.filter(({ outcome }) => outcome === 'tried').map(({ reference }) => reference);
}
