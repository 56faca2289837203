import type { FailureLimits } from '@pullpath/kube-client';

/** How failing keys are slowed down: within ten seconds what was repaired is seen (hypershift 1.11). */
export const failureLimits: FailureLimits = { first: 100, longest: 10_000, perSecond: 50, burst: 200 };
