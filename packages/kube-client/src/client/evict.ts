import { pods } from '../objects/builtin.ts';
import { objectPath, type Place } from '../objects/resource.ts';
import { hasCause, isNotFound, type KubeError } from './kube-error.ts';
import type { Eviction } from './options.ts';
import type { CallOptions, Sender } from './sender.ts';

/** Posts an Eviction (policy/v1). Rejects with a `KubeError` for every refusal but that of a disruption budget. */
export async function evict(
  sender: Sender,
  { namespace, name }: Place,
  deleteOptions: object,
  options: CallOptions,
): Promise<Eviction> {
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { namespace, name }, deleteOptions };
  const path = objectPath(pods, { namespace, name, subresource: 'eviction' });
  try {
    await sender.json({ verb: 'create', resource: 'pods/eviction', method: 'POST', path, body }, options);
    return { outcome: 'accepted' };
  } catch (error) {
    if (isNotFound(error)) return { outcome: 'gone' };
    if (!hasCause(error, 'DisruptionBudget')) throw error;
    const { message, retryAfterMs } = error as KubeError;
    return { outcome: 'blocked', message, retryAfterMs };
  }
}
