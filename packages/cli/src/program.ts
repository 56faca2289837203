import { CodedError } from '@pullpath/diagnostics';
import { Command, CommanderError } from 'commander';
import { commands } from './commands/index.ts';
import { exitCodes } from './exit-codes.ts';
import { reportFailure } from './output/failure.ts';

/** Runs one command line (without the program's own name) and gives the exit code; never throws for a failure of the world. */
export async function runProgram(args: readonly string[]): Promise<number> {
  process.stdout.on('error', endOnUnwritableOutput);
  process.on('SIGINT', () => process.exit(exitCodes.interrupted));
  const program = buildProgram();
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return reportFailure(error);
  }
}

/** The whole command tree; implementations load when a command runs. */
export function buildProgram(): Command {
  const program = new Command('pullpath')
    .description('Know where every image pull goes.')
    .configureHelp({ sortSubcommands: true })
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();
  for (const register of commands) register(program);
  return program;
}

// "pullpath render | head" closes the pipe early; that is the reader's choice, not a failure.
function endOnUnwritableOutput(cause: NodeJS.ErrnoException): void {
  if (cause.code === 'EPIPE') process.exit(exitCodes.done);
  const hint = 'check that what standard output leads to has room';
  const failure = new CodedError('file-unwritable', `cannot write the result: ${cause.message}`, { hint, cause });
  process.exit(reportFailure(failure));
}
