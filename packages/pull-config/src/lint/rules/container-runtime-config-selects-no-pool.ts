import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { objectsOfKind } from '../../collect/objects.ts';
import { containerRuntimeConfigKind } from '../../collect/pools.ts';
import { diagnose } from '../../diagnose.ts';
import { nameOf } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'container-runtime-config-selects-no-pool';

/** A ContainerRuntimeConfig without a selector; in a NodePool it gets one. */
export const containerRuntimeConfigSelectsNoPool: LintRule = {
  code,
  severity: 'warning',
  why: 'Elsewhere an empty selector means everything; here it selects no pool, and the object only reports a failure in its status.',
  check: ({ objects }) =>
    objectsOfKind(objects, containerRuntimeConfigKind)
      .filter(({ object, embedded }) => embedded === undefined && isEmpty(valueAt(object, selectorPath)))
      .map(report),
};

const selectorPath: Path = ['spec', 'machineConfigPoolSelector'];

function isEmpty(selector: unknown): boolean {
  const labels = Object.keys(valueAt(selector, ['matchLabels']) ?? {});
  const expressions = valueAt(selector, ['matchExpressions']);
  return labels.length === 0 && (!Array.isArray(expressions) || expressions.length === 0);
}

function report(of: LocatedObject): Diagnostic {
  const isStated = valueAt(of.object, selectorPath) !== undefined;
  const message = `ContainerRuntimeConfig "${nameOf(of)}" selects no pool and has no effect`;
  const hint =
    'for the workers: machineConfigPoolSelector with matchLabels pools.operator.machineconfiguration.openshift.io/worker: ""';
  return diagnose('warning', code, message, { of, path: isStated ? selectorPath : ['spec'] }, { hint });
}
