import { expect, test } from 'vitest';
import { fuzzTargets, runTarget } from '../../src/index.ts';

/** The whole way from manifests to files costs about as much as a hundred references. */
const fewer: Readonly<Record<string, number>> = { manifests: 4000, rules: 1000, 'registries-yaml': 8000, regex: 4000 };

test.each(fuzzTargets)('generated input keeps the promises of $name', (target) => {
  const failures = runTarget(target, fewer[target.name] ?? 20_000, 20_260_101);
  expect(failures.map(({ seed, input, error }) => `seed ${seed}: ${JSON.stringify(input)}: ${String(error)}`)).toEqual(
    [],
  );
});
