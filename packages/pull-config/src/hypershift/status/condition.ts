/** A condition as it is found; who writes it adds when it changed. */
export interface FoundCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number | undefined;
}

export const asExpected = 'AsExpected';

/** A condition that holds as it should. */
export function expected(type: string, message = ''): FoundCondition {
  return { type, status: 'True', reason: asExpected, message };
}

/** A condition that is absent as it should be, such as `Degraded`. */
export function absent(type: string, message = ''): FoundCondition {
  return { type, status: 'False', reason: asExpected, message };
}

export function failed(type: string, reason: string, message: string): FoundCondition {
  return { type, status: 'False', reason, message };
}
