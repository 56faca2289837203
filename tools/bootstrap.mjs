// Brings a fresh clone to a runnable state. Plain JavaScript for any Node >= 20: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const nodeBinary = join(root, 'node_modules/node/bin/node');
const stamp = join(root, 'node_modules/.pullpath-ready');
const lock = join(root, '.bootstrap.lock');

/** Installs the locked dependencies and builds the CLI once, unless that was done for this lock file already. */
export async function bootstrap() {
  if (isReady()) return;
  await holdingLock(() => {
    if (isReady()) return;
    install();
    buildCli();
    writeFileSync(`${stamp}.new`, lockHash());
    renameSync(`${stamp}.new`, stamp);
  });
}

function isReady() {
  return existsSync(stamp) && existsSync(nodeBinary) && readFileSync(stamp, 'utf8') === lockHash();
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function install() {
  process.stderr.write('pullpath: installing dependencies (once)\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'check the network and the npm registry settings');
  // Some npm settings skip install scripts; the pinned Node needs its own.
  if (!existsSync(nodeBinary))
    run('npm', ['rebuild', 'node', '--ignore-scripts=false'], 'allow the install script of the package "node"');
}

// Only makes the CLI start faster; without it the sources run, and they say better what is wrong with them.
function buildCli() {
  const { status } = spawnSync(nodeBinary, [join(root, 'tools/build-cli.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.stderr.write('pullpath: the CLI could not be bundled and runs from its sources\n');
}

function run(command, args, hint) {
  // stdout is the result of the command that the user asked for, so what npm says goes to stderr.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  process.stderr.write(
    `pullpath: "${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}; ${hint}\n`,
  );
  process.exit(3);
}

async function holdingLock(work) {
  while (!takeLock()) await sleep(200);
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function takeLock() {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isStale()) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

// A lock whose owner is gone was left by a killed bootstrap. One without a pid yet is being taken right now.
function isStale() {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    if (error.code === 'ESRCH') return true;
    if (error.code !== 'ENOENT') return false;
    return existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 10_000;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bootstrap();
