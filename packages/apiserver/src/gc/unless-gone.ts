import { ApiError } from '../status/status.ts';

/** Waits for a write that somebody else may have been faster with: an object that is gone or has changed is as good. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ApiError && [404, 409].includes(error.status.code)) return undefined;
    throw error;
  }
}
