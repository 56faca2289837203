import type { Diagnostic } from '@pullpath/diagnostics';
import { builtInPools } from '../../collect/pools.ts';
import { diagnose } from '../../diagnose.ts';
import type { RenderedScope } from '../../render-scope.ts';
import { related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'container-runtime-config-limit';

/** More ContainerRuntimeConfigs for a pool than the operator makes MachineConfigs of. */
export const containerRuntimeConfigLimit: LintRule = {
  code,
  severity: 'error',
  why: 'Each one becomes a MachineConfig with a number from 1 to 9 behind its name, the first without: the eleventh for a pool is refused.',
  check: ({ scopes }) => scopes.flatMap(findBeyondLimit),
};

const mostPerPool = 10;

/** Custom pools are left out: what they inherit from the workers is not theirs. */
function findBeyondLimit({ scope, rules }: RenderedScope): Diagnostic[] {
  if (!('pool' in scope) || !builtInPools.includes(scope.pool)) return [];
  const [first] = rules.containerRuntimeConfigs;
  return rules.containerRuntimeConfigs.slice(mostPerPool).map((of) => {
    const message = `pool "${scope.pool}" has ${rules.containerRuntimeConfigs.length} ContainerRuntimeConfigs, the operator takes ${mostPerPool}`;
    const places = first ? [related('the first one', { of: first, path: ['metadata', 'name'] })] : [];
    const more = { hint: 'put the settings of several into one object', related: places };
    return diagnose('error', code, message, { of, path: ['metadata', 'name'] }, more);
  });
}
