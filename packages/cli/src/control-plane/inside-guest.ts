import type { Impersonated } from '@pullpath/kube-client/node';
import { guestWriter } from '@pullpath/pull-config';

/** Whom controllers act as in a hosted cluster: nobody else may write there what its HostedCluster decides. */
export const insideGuest: Impersonated = { user: guestWriter, group: 'system:masters' };
