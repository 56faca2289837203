import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBackground } from './background.ts';
import { type Ended, runProgram } from './program.ts';

/** A running containerd with its own root, state and socket. */
export interface Containerd {
  /** Pulls an image through a `certs.d` tree, with `ctr`. Its exit code tells whether the image arrived. */
  pull(reference: string, hostsDirectory: string): Promise<Ended>;
  stop(): Promise<void>;
}

/** Starts the `containerd` program, as root, below an empty directory. */
export async function startContainerd(directory: string): Promise<Containerd> {
  mkdirSync(directory, { recursive: true });
  const socket = join(directory, 'containerd.sock');
  const file = join(directory, 'config.toml');
  writeFileSync(file, configuration(directory, socket));
  const daemon = await startBackground(['containerd', '--config', file], () => answers(socket));
  return {
    stop: () => daemon.stop(),
    pull: (reference, hostsDirectory) =>
      runProgram([
        ...client(socket),
        'images',
        'pull',
        '--snapshotter',
        'native',
        '--hosts-dir',
        hostsDirectory,
        reference,
      ]),
  };
}

function client(socket: string): [string, ...string[]] {
  return ['ctr', '--address', socket];
}

function configuration(directory: string, socket: string): string {
  return [
    'version = 2',
    `root = ${JSON.stringify(join(directory, 'root'))}`,
    `state = ${JSON.stringify(join(directory, 'state'))}`,
    'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
    `grpc = { address = ${JSON.stringify(socket)} }`,
    '',
  ].join('\n');
}

async function answers(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false;
  return (await runProgram([...client(socket), 'version'])).code === 0;
}
