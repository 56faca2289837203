import { createWriteStream, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { backupPath, openServerStore, restoreStore } from '@pullpath/apiserver';
import { CodedError } from '@pullpath/diagnostics';
import { exitCodes } from '../exit-codes.ts';

/** `pullpath backup`: asks the running server for a copy, or copies the store itself when no server has it. */
export async function backupTo(file: string, dataDir: string): Promise<number> {
  if (existsSync(file))
    throw new CodedError('backup-exists', `${file} exists`, { hint: 'name a file that does not exist yet' });
  if (!existsSync(join(dataDir, 'state.db'))) throw noState(dataDir);
  const beside = `${file}.pullpath-${process.pid}`;
  try {
    await copyState(beside, resolve(dataDir));
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
  process.stderr.write(
    `wrote ${file}; Secrets in it are sealed with ${join(dataDir, 'encryption.key')}, keep that too\n`,
  );
  return exitCodes.done;
}

function noState(dataDir: string): CodedError {
  return new CodedError('state-missing', `${dataDir} holds no state of a server`, {
    hint: 'name its directory with --data-dir',
  });
}

async function copyState(target: string, directory: string): Promise<void> {
  try {
    const store = openServerStore(directory);
    store.backup(target);
    store.close();
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'store-in-use') throw error;
    await download(target, directory);
  }
}

async function download(target: string, directory: string): Promise<void> {
  const { server, authority, certificate, key } = adminAccess(join(directory, 'kubeconfig'));
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${server}${backupPath}`, { ca: authority, cert: certificate, key }, resolve).once('error', reject);
  });
  if (response.statusCode !== 200)
    throw new CodedError('backup-refused', `${server} answered ${response.statusCode} instead of its state`);
  await pipeline(response, createWriteStream(target, { mode: 0o600 }));
}

/** What the kubeconfig of a data directory says; we wrote it, as JSON. */
function adminAccess(file: string) {
  const { clusters, users } = JSON.parse(readFileSync(file, 'utf8'));
  const [{ cluster }, { user }] = [clusters[0], users[0]];
  const text = (base64: string): string => Buffer.from(base64, 'base64').toString();
  return {
    server: String(cluster.server),
    authority: text(cluster['certificate-authority-data']),
    certificate: text(user['client-certificate-data']),
    key: text(user['client-key-data']),
  };
}

/** `pullpath restore`: the old state stays beside the restored one. */
export function restoreFrom(file: string, dataDir: string): number {
  restoreStore(file, resolve(dataDir));
  process.stderr.write(`restored ${join(dataDir, 'state.db')}; the state before is state.db.before-restore\n`);
  return exitCodes.done;
}
