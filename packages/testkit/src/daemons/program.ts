import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { realProgram, type Skippable } from '../real-program.ts';

/** What a program that has ended left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The path of a program on PATH, or undefined. */
export function findProgram(name: string): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, name));
  return places.find(isExecutable);
}

/** Ends a test that needs programs which are not there, or which this user cannot run; see `realProgram`. */
export function programsOrSkip(test: Skippable, names: readonly string[], needsRoot = false): void {
  const missing = names.filter((name) => findProgram(name) === undefined);
  const note =
    missing.length > 0 ? `needs ${missing.join(', ')}: apt-get install ${missing.join(' ')}` : rootNote(needsRoot);
  realProgram(test, () => (note === undefined ? true : undefined), note ?? '');
}

/** Runs a program to its end; it is killed after `timeout` milliseconds. Its exit code is no error here. */
export function runProgram(
  command: readonly [string, ...string[]],
  options: { readonly env?: Readonly<Record<string, string>>; readonly timeout?: number } = {},
): Promise<Ended> {
  const [program, ...args] = command;
  const env = { ...process.env, ...options.env };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, timeout: options.timeout ?? 60_000, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

function rootNote(needsRoot: boolean): string | undefined {
  return needsRoot && process.getuid?.() !== 0 ? 'needs root' : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
