import type { StoredObject } from '../store/record.ts';
import { isMap, listIn, mapIn } from './schema.ts';

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** The object with one condition set; its time changes with its status alone. `time` is RFC 3339. */
export function withCondition(object: StoredObject, time: string, condition: Condition): StoredObject {
  const status = mapIn(object, 'status') ?? {};
  const conditions = listIn(status, 'conditions').filter(isMap);
  const known = conditions.find(({ type }) => type === condition.type);
  const lastTransitionTime = known?.['status'] === condition.status ? known['lastTransitionTime'] : time;
  const { type, status: value, reason, message } = condition;
  const next = { type, status: value, lastTransitionTime, reason, message };
  const rest = known ? conditions.map((each) => (each === known ? next : each)) : [...conditions, next];
  return { ...object, status: { ...status, conditions: rest } };
}

/** True where the object has that condition with status True. */
export function isConditionTrue(object: StoredObject, type: string): boolean {
  const conditions = listIn(mapIn(object, 'status') ?? {}, 'conditions').filter(isMap);
  return conditions.some((condition) => condition['type'] === type && condition['status'] === 'True');
}
