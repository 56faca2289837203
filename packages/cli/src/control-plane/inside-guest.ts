import type { Impersonated } from '@pullpath/kube-client/node';
import { guestWriter } from '@pullpath/pull-config';

/** Whom controllers act as in a hosted cluster: nobody else may write there what its HostedCluster decides. */
export const insideGuest: Impersonated = { user: guestWriter, group: 'system:masters' };

/** One hosted cluster that hangs must not hold up the others: milliseconds for a whole call there, and for a silence in it. */
export const guestPatience = { deadlineMs: 10_000, attemptMs: 5_000 } as const;
