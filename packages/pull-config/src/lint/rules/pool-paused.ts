import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { nameOf } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'pool-paused';

/** A paused MachineConfigPool, HostedCluster or NodePool. */
export const poolPaused: LintRule = {
  code,
  severity: 'info',
  why: 'While it is paused no change of mirrors reaches its nodes, and nothing else says so.',
  check: ({ objects }) => objects.flatMap(findPaused),
};

function findPaused(of: LocatedObject): Diagnostic[] {
  const path = fields[of.object.kind];
  const value = path && valueAt(of.object, path);
  if (!path || value === undefined || value === null || isRunning(value)) return [];
  const until = typeof value === 'string' && !isForGood(value) ? ` until ${value}` : '';
  const message = `${of.object.kind} "${nameOf(of)}" is paused${until}, its nodes get no change of mirrors`;
  const hint = 'set it back once the change is to be rolled out';
  return [diagnose('info', code, message, { of, path }, { hint })];
}

const fields: Readonly<Record<string, Path | undefined>> = Object.assign(Object.create(null), {
  MachineConfigPool: ['spec', 'paused'],
  HostedCluster: ['spec', 'pausedUntil'],
  NodePool: ['spec', 'pausedUntil'],
});

function isRunning(value: unknown): boolean {
  return value === false || value === '' || (typeof value === 'string' && value.toLowerCase() === 'false');
}

function isForGood(value: string): boolean {
  return value.toLowerCase() === 'true';
}
