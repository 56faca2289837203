import { CodedError } from '@pullpath/diagnostics';
import { exitCodes } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';

/** Tells on stderr what went wrong and what to do next; gives the exit code. A defect of ours keeps its stack. */
export function reportFailure(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`error: ${error.message}\n`);
    return exitCodes.usage;
  }
  if (error instanceof CodedError) {
    process.stderr.write(`error[${error.code}]: ${error.message}\n${error.hint ? `  = hint: ${error.hint}\n` : ''}`);
    return exitCodes.failed;
  }
  process.stderr.write(
    `error: this is a defect of pullpath\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return exitCodes.failed;
}
