import { setTimeout as sleep } from 'node:timers/promises';
import { isModified } from '@pullpath/ocm-api/client';

// As long as rosa's own tests go on after a conflict of two writes.
const longestMs = 60_000;
const longestPauseMs = 5_000;

/** Does a write again that another one came between. */
export async function retryConflicts<T>(write: () => Promise<T>): Promise<T> {
  const start = performance.now();
  for (let pause = 100; ; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await write();
    } catch (error) {
      if (!isModified(error) || performance.now() - start + pause > longestMs) throw error;
      await sleep(pause * (0.8 + 0.4 * Math.random()));
    }
  }
}
