/** One condition of an object's status (Kubernetes `meta/v1 Condition`). */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** Generation of the object that this was found for. */
  readonly observedGeneration?: number | undefined;
  /** RFC 3339, of the last change of `status`. */
  readonly lastTransitionTime: string;
  /** CamelCase, never empty. */
  readonly reason: string;
  readonly message: string;
}

/** A condition as it is found: when it changed is known from the one before. */
export type FoundCondition = Omit<Condition, 'lastTransitionTime'>;

/**
 * The conditions with one of them set, in its place or at the end. The time changes with the status alone; where nothing
 * differs the given list comes back, so that identity tells whether there is something to write. `nowMs`: since 1970.
 */
export function setCondition(
  conditions: readonly Condition[],
  found: FoundCondition,
  nowMs: number,
): readonly Condition[] {
  const old = findCondition(conditions, found.type);
  const keepsTime = old?.status === found.status;
  const condition = { ...found, lastTransitionTime: keepsTime ? old.lastTransitionTime : rfc3339(nowMs) };
  if (!old) return [...conditions, condition];
  if (isSame(old, condition)) return conditions;
  return conditions.map((it) => (it.type === found.type ? condition : it));
}

export function findCondition(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

export function isConditionTrue(conditions: readonly Condition[], type: string): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/**
 * The summary of several conditions under one name: False with the first that is False, else Unknown with the first that is
 * Unknown or missing, else True.
 */
export function summarize(
  conditions: readonly Condition[],
  type: string,
  parts: readonly string[],
  observedGeneration?: number,
): FoundCondition {
  const found = parts.map((part) => findCondition(conditions, part) ?? missing(part));
  const worst = found.find(({ status }) => status === 'False') ?? found.find(({ status }) => status === 'Unknown');
  const { status, reason, message } = worst ?? { status: 'True', reason: 'AsExpected', message: '' };
  return { type, status, reason, message, observedGeneration };
}

function missing(type: string): FoundCondition {
  return { type, status: 'Unknown', reason: 'NotReported', message: `${type} is not reported yet` };
}

function isSame(one: Condition, other: Condition): boolean {
  const keys = ['status', 'observedGeneration', 'reason', 'message'] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** A time as Kubernetes writes it, to the second. */
export function rfc3339(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** A MicroTime as Kubernetes writes it, with six decimals. */
export function microTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000Z`;
}
