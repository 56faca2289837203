import { valueAt } from '@pullpath/api';
import type { Condition } from '@pullpath/kube-client';
import type { LiveObject } from '../manager/live-object.ts';

/** The text at a path of any data; empty where there is none. */
export function textAt(object: unknown, path: readonly string[]): string {
  const value = valueAt(object, path);
  return typeof value === 'string' ? value : '';
}

/** The conditions in the status of an object. */
export function conditionsOf(object: LiveObject): readonly Condition[] {
  const conditions = valueAt(object, ['status', 'conditions']);
  return Array.isArray(conditions) ? conditions : [];
}
