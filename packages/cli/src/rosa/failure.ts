/** What rosa says after `ERR: `; exit code 1. */
export class RosaFailure extends Error {
  override readonly name = 'RosaFailure';
}

/** A command line that cobra would refuse, in its words; exit code 1. */
export class RosaUsage extends Error {
  override readonly name = 'RosaUsage';
}

/** Runs a call; a failure of it is told with what was being done before it. */
export async function doing<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof RosaFailure) throw error;
    throw new RosaFailure(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
