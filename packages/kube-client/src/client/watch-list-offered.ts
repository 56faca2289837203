import { KubeError } from './kube-error.ts';
import type { Sender } from './sender.ts';
import { isRecord } from './status.ts';

/**
 * Whether a server offers watch-list, judged by its version: it is on by default from 1.34 (kubernetes/enhancements 3157). An
 * older server may ignore the parameters instead of refusing them. False for a version that cannot be read; rejects when
 * there is no answer.
 */
export async function watchListOffered(sender: Sender): Promise<boolean> {
  try {
    const call = { verb: 'get', resource: '/version', method: 'GET', path: '/version' } as const;
    // Who asks has its own pace, and says at once that a server is away.
    return isNewEnough(await sender.json(call, { retry: false }));
  } catch (error) {
    if (error instanceof KubeError && (error.status || error.code === 'kube-protocol')) return false;
    throw error;
  }
}

function isNewEnough(version: unknown): boolean {
  if (!isRecord(version)) return false;
  // Some distributions write the minor version as `34+`.
  const [major, minor] = [version['major'], version['minor']].map((part) => Number.parseInt(String(part), 10));
  return major !== undefined && minor !== undefined && (major > 1 || (major === 1 && minor >= 34));
}
