import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import { CodedError, type Diagnostic, type Severity } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { maxUnavailable } from '../../impact/node-selection.ts';
import { nameOf } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'max-unavailable';

/** A `maxUnavailable` that stops every rollout, empties the pool at once, or means one node where it says a share. */
export const maxUnavailableSurprise: LintRule = {
  code,
  severity: 'error',
  why: 'The schema takes any text and any number, while the rollout of a pool stops at a text that is no percentage and takes as many nodes at once as it is told.',
  check: ({ objects }) => objects.flatMap(findSurprise),
};

function findSurprise(of: LocatedObject): Diagnostic[] {
  const pool = readPool(of);
  const surprise = pool && surpriseOf(pool);
  return surprise ? [diagnose(surprise.severity, code, surprise.message, { of, path: pool.path }, surprise.more)] : [];
}

interface Pool {
  readonly name: string;
  readonly path: Path;
  readonly limit: number | string;
  readonly nodes?: number | undefined;
}

/** The control plane's arbiter pool takes one node whatever is set. */
function readPool(located: LocatedObject): Pool | undefined {
  const { object } = located;
  const path = limitPath(object.kind);
  const limit = path && valueAt(object, path);
  const name = nameOf(located);
  if (!path || (typeof limit !== 'number' && typeof limit !== 'string') || name === 'arbiter') return undefined;
  const nodes = valueAt(object, object.kind === 'NodePool' ? ['spec', 'replicas'] : ['status', 'machineCount']);
  return { name, path, limit, nodes: typeof nodes === 'number' ? nodes : undefined };
}

function limitPath(kind: string): Path | undefined {
  if (kind === 'MachineConfigPool') return ['spec', 'maxUnavailable'];
  return kind === 'NodePool' ? ['spec', 'management', 'inPlace', 'maxUnavailable'] : undefined;
}

interface Surprise {
  readonly severity: Severity;
  readonly message: string;
  readonly more: Pick<Diagnostic, 'expected' | 'hint'>;
}

function surpriseOf(pool: Pool): Surprise | undefined {
  const { limit, name, nodes } = pool;
  const share = shareOf(limit);
  if (Number.isNaN(share)) return noPercentage(limit);
  if (typeof limit === 'number' && limit < 0) return negative(limit);
  if (share !== undefined && share >= 100) return everyNode(`${limit} of pool "${name}"`);
  if (nodes === undefined || nodes < 2) return undefined;
  if (typeof limit === 'number' && limit >= nodes) return everyNode(`${limit} of the ${nodes} nodes of pool "${name}"`);
  return share !== undefined && share * nodes < 100
    ? lessThanOne(`${limit} of the ${nodes} nodes of pool "${name}"`)
    : undefined;
}

/** Percent; undefined for a number of nodes, NaN for a text that is neither. */
function shareOf(limit: number | string): number | undefined {
  if (typeof limit === 'number') return undefined;
  try {
    // Of a hundred times a hundred nodes, so that a share of zero, which counts as one node, stays below one percent.
    return maxUnavailable({ name: '', maxUnavailable: limit }, 10_000) / 100;
  } catch (error) {
    if (error instanceof CodedError) return Number.NaN;
    throw error;
  }
}

function noPercentage(limit: number | string): Surprise {
  return {
    severity: 'error',
    message: `maxUnavailable "${limit}" is neither a number nor a percentage, so no node of the pool is ever updated`,
    more: { expected: 'a number, or a percentage such as "10%"', hint: 'a number stands without quotes' },
  };
}

function negative(limit: number): Surprise {
  return {
    severity: 'error',
    message: `maxUnavailable ${limit} is negative, so no node of the pool is ever updated`,
    more: { expected: 'a number, or a percentage such as "10%"' },
  };
}

function everyNode(what: string): Surprise {
  return {
    severity: 'warning',
    message: `maxUnavailable lets ${what} go out of service at once when mirrors change`,
    more: { hint: 'with every node drained at once its workloads have nowhere to go' },
  };
}

function lessThanOne(what: string): Surprise {
  return {
    severity: 'info',
    message: `maxUnavailable ${what} is less than one node and counts as one`,
    more: { hint: 'a percentage is rounded down, and zero means one' },
  };
}
