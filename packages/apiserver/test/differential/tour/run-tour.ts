import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TourCommand } from './commands.ts';

/** What one command printed, normalised: the same on both servers, or a difference. */
export interface TourStep {
  readonly title: string;
  readonly difference: string | undefined;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the commands with one kubectl against one server, in the namespace `tour`, which it creates. */
export async function runTour(
  kubectl: readonly [string, ...string[]],
  kubeconfig: string,
  commands: readonly TourCommand[],
): Promise<readonly TourStep[]> {
  const home = mkdtempSync(join(tmpdir(), 'pullpath-tour-'));
  const config = join(home, 'kubeconfig');
  writeFileSync(config, inNamespace(readFileSync(kubeconfig, 'utf8')));
  const server = /https:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(kubeconfig, 'utf8'))?.[0] ?? '';
  const tour: Tour = { kubectl, home, config, server, background: undefined };
  try {
    await run(tour, { args: 'create namespace tour' });
    const steps: TourStep[] = [];
    for (const command of commands) steps.push(...(await stepOf(tour, command)));
    return steps;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

interface Tour {
  readonly kubectl: readonly [string, ...string[]];
  readonly home: string;
  readonly config: string;
  readonly server: string;
  background: { readonly child: ChildProcess; readonly ended: Promise<Output> } | undefined;
}

interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const settleMs = 1000;

async function stepOf(tour: Tour, command: TourCommand): Promise<readonly TourStep[]> {
  if (command.background === 'start') {
    tour.background = start(tour, command);
    await settle();
    return [];
  }
  if (command.background === 'stop') return [shown(tour, command, await stopBackground(tour))];
  return [shown(tour, command, await run(tour, command))];
}

async function stopBackground(tour: Tour): Promise<Output> {
  await settle();
  if (!tour.background) throw new Error('no command runs in the background');
  tour.background.child.kill('SIGTERM');
  return { ...(await tour.background.ended), code: 0 };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, settleMs));
}

function run(tour: Tour, command: TourCommand): Promise<Output> {
  return start(tour, command).ended;
}

function start(
  tour: Tour,
  { args, stdin = '', env = {} }: TourCommand,
): { child: ChildProcess; ended: Promise<Output> } {
  const [program, ...first] = tour.kubectl;
  const child = spawn(program, [...first, ...words(args)], {
    env: { PATH: process.env['PATH'], HOME: tour.home, KUBECONFIG: tour.config, KUBE_EDITOR: env['EDITOR'], ...env },
    timeout: 60_000,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => undefined).end(stdin);
  const ended = new Promise<Output>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Words as a shell would see them, with single quotes only. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}

function shown(
  tour: Tour,
  { args, only, difference, sorted = false }: TourCommand,
  { code, stdout, stderr }: Output,
): TourStep {
  const text = (output: string): string => {
    const lines = normalised(tour, output)
      .split('\n')
      .filter((line) => only === undefined || only.test(line));
    return (sorted ? lines.toSorted() : lines).join('\n');
  };
  return { title: args, difference, code, stdout: text(stdout), stderr: text(stderr) };
}

/** Takes out what two servers cannot have in common; column widths that follow from it, too. */
function normalised({ server, home }: Tour, output: string): string {
  return output
    .replaceAll(server, '<server>')
    .replaceAll(home, '<home>')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>')
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replaceAll(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>')
    .replaceAll(/(resourceVersion\\*"?: ?\\*")\d+/g, '$1<revision>')
    .replaceAll(/Resource Version: +\d+/g, 'Resource Version: <revision>')
    .replaceAll(/(^|\s)(\d+[smhd]){1,2}(?=\s|$)/gm, '$1<age>')
    .replaceAll(/kubectl-edit-\d+/g, 'kubectl-edit-<random>')
    .replaceAll(/\/tmp\/[A-Za-z]+-\d+\//g, '/tmp/<random>/')
    .replaceAll(/ +$/gm, '')
    .replaceAll(/ {2,}/g, '  ');
}

function inNamespace(kubeconfig: string): string {
  const config = JSON.parse(kubeconfig) as { contexts: { context: object }[] };
  const contexts = config.contexts.map((entry) => ({ ...entry, context: { ...entry.context, namespace: 'tour' } }));
  return JSON.stringify({ ...config, contexts });
}
