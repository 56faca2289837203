import { setTimeout as sleep } from 'node:timers/promises';
import { isModified } from '@pullpath/ocm-api/client';

/** Milliseconds before each further try after a conflict; about a minute in all, as long as rosa's own tests try. */
const pauses = [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000];

/** Repeats a write that another one came between; the API answers it with 409 and `the object has been modified`. */
export async function retryConflicts<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const pause of pauses) {
    try {
      return await write();
    } catch (thrown) {
      if (!isModified(thrown)) throw thrown;
      await sleep(pause * (0.8 + Math.random() * 0.4), undefined, { signal });
    }
  }
  return write();
}
