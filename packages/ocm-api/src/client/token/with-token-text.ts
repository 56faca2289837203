import { OcmError } from '../ocm-error.ts';

/** Runs what gets a token; a failure of it begins with the words of the published SDK. */
export async function withTokenText<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OcmError) || error.code === 'ocm-cancelled') throw error;
    const { code, message, status, hint, cause } = error;
    throw new OcmError(code, `can't get access token: ${message}`, { status, hint, cause });
  }
}
