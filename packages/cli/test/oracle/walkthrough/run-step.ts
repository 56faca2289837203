import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './process.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

const deadlineMs = 60_000;

/** Runs a step in a world until it is as it must be. Rejects with what was wrong the last time. */
export async function runStep(world: World, step: Step): Promise<void> {
  const end = Date.now() + (step.comes ? deadlineMs : 0);
  for (;;) {
    const ended = await shell(world, step);
    const wrong = faults(step, ended);
    if (wrong.length === 0) return;
    if (Date.now() >= end)
      throw new Error(
        `$ ${step.run}\n${wrong.join('\n')}\n--- exit ${ended.exit}\n${ended.stdout}${ended.stderr}\n--- the programs\n${world.output().slice(-2_000)}`,
      );
    await pause(200);
  }
}

interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

function shell(world: World, { run, cwd = '.', edit = '' }: Step): Promise<Ended> {
  const env = {
    ...process.env,
    PATH: `${join(import.meta.dirname, 'bin')}:${process.env['PATH']}`,
    KUBECTL: world.kubectl.join(' '),
    KUBECONFIG: world.kubeconfig,
    PULLPATH: join(root, 'pullpath'),
    NODES: join(world.nodes, 'management'),
    GUEST_NODES: world.nodes,
    TMP: world.directory,
    KUBE_EDITOR: join(import.meta.dirname, 'bin', 'set-spec'),
    SPEC: edit === '' ? '' : join(root, 'examples', edit),
  };
  return new Promise((resolve) => {
    const child = spawn('sh', ['-ec', run], {
      cwd: join(root, 'examples', cwd),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
      const chunks: string[] = [];
      stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
      return chunks;
    });
    child.once('close', (exit) =>
      resolve({ exit: exit ?? -1, stdout: stdout?.join('') ?? '', stderr: stderr?.join('') ?? '' }),
    );
  });
}

function faults({ exit: wanted = 0, out = [], not = [] }: Step, { exit, stdout, stderr }: Ended): string[] {
  const text = stdout + stderr;
  const has = (part: string | RegExp): boolean => (typeof part === 'string' ? text.includes(part) : part.test(text));
  return [
    ...(exit === wanted ? [] : [`exit code ${exit}, not ${wanted}`]),
    ...out.filter((part) => !has(part)).map((part) => `lacks ${part}`),
    ...not.filter(has).map((part) => `has ${part}`),
  ];
}
