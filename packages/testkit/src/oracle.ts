import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { realProgram, type Skippable } from './real-program.ts';

const oracles = join(import.meta.dirname, '../../../oracles');

/** The path of a program that `oracles/build.sh` has built from its present sources, or undefined. */
export function findOracle(name: string): string | undefined {
  const hash = sourceHash(name);
  const path = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'pullpath-oracles', `${name}-${hash}`);
  return hash !== undefined && existsSync(path) ? path : undefined;
}

/** The path of an oracle for a test; see `realProgram` for what happens without it. */
export function oracleOrSkip(test: Skippable, name: string): string {
  return realProgram(test, () => findOracle(name), `oracle ${name} is not built; oracles/build.sh builds it`);
}

/** A running oracle that answers one JSON line per JSON line. */
export interface Oracle {
  /** The answer to one question, in order. Rejects when the program ends or does not answer within `timeout` milliseconds. */
  ask(question: unknown, timeout?: number): Promise<unknown>;
  /** Ends the program. */
  close(): void;
}

/** Starts the program at `path`. Whoever starts it closes it. */
export function startOracle(path: string): Oracle {
  const child = spawn(path, [], { stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting: Waiting[] = [];
  const failAll = (reason: Error): void => {
    for (const { reject } of waiting.splice(0)) reject(reason);
  };
  const errors = collectErrors(child);
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  child.on('error', failAll).on('close', () => failAll(new Error(`${path} ended: ${errors()}`)));
  child.stdin.on('error', failAll);
  return {
    ask: async (question, timeout = 60_000) =>
      JSON.parse(await answerOf(child, waiting, JSON.stringify(question), timeout)),
    close: () => void child.kill(),
  };
}

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (reason: Error) => void;
}

// An unanswered question would shift all later answers by one, so the program is ended with it.
async function answerOf(
  child: ChildProcessWithoutNullStreams,
  waiting: Waiting[],
  question: string,
  timeout: number,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`no answer within ${timeout} ms to ${question.slice(0, 500)}`));
  }, timeout);
  waiting.push({ resolve, reject });
  child.stdin.write(`${question}\n`);
  return promise.finally(() => clearTimeout(timer));
}

function collectErrors(child: ChildProcessWithoutNullStreams): () => string {
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-2000);
  });
  return () => text;
}

function sourceHash(name: string): string | undefined {
  const module = join(oracles, name);
  if (existsSync(join(module, 'go.mod'))) return hashOf(moduleSources(module).map((file) => readFileSync(file)));
  const tool = toolPackage(name);
  return tool === undefined ? undefined : hashOf([Buffer.from(tool)]);
}

function moduleSources(module: string): string[] {
  const programs = readdirSync(module).filter((file) => file.endsWith('.go'));
  const more = ['ldflags', 'package'].filter((file) => existsSync(join(module, file)));
  return ['go.mod', 'go.sum', ...programs.sort(), ...more].map((file) => join(module, file));
}

function toolPackage(name: string): string | undefined {
  const lines = readFileSync(join(oracles, 'tools.txt'), 'utf8').split('\n');
  return lines.map((line) => line.trim().split(/\s+/)).find(([first]) => first === name)?.[1];
}

function hashOf(parts: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
}
