import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import type { NodeFile } from '@pullpath/pull-config';

/** Files and directories of a node that decide where its pulls go. */
const places = [
  '/etc/containers/registries.conf',
  '/etc/containers/registries.conf.d',
  '/etc/containers/policy.json',
  '/etc/containers/certs.d',
  '/etc/docker/certs.d',
  '/etc/pki/ca-trust/source/anchors',
  '/etc/crio/policies',
  '/etc/containerd/certs.d',
  '/etc/rancher/k3s/registries.yaml',
  '/etc/rancher/rke2/registries.yaml',
  '/var/lib/kubelet/config.json',
  '/run/containers/0/auth.json',
  '/root/.config/containers/auth.json',
  '/root/.docker/config.json',
];

const largestFile = 16 * 2 ** 20;

/**
 * The files below a node's root that decide pulls, with the paths that they have on the node. What is not there is left
 * out, as a node may lack any of them. Throws `CodedError` for a root that is no directory and for a file that cannot be read.
 */
export function readNodeRoot(root: string): NodeFile[] {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CodedError('node-root-missing', `${root} is not a directory`, {
      hint: 'name the directory that holds the etc/ of the node',
    });
  }
  return places.flatMap((place) => below(root, place));
}

function below(root: string, path: string): NodeFile[] {
  const real = join(root, path);
  const entry = attempt(real, () => statSync(real, { throwIfNoEntry: false }));
  if (!entry) return [];
  if (entry.isDirectory()) return children(real).flatMap((name) => below(root, `${path}/${name}`));
  return entry.isFile() ? [readNodeFile(real, path, entry.size, entry.mode & 0o777)] : [];
}

function children(directory: string): string[] {
  return attempt(directory, () => readdirSync(directory)).sort();
}

function readNodeFile(real: string, path: string, size: number, mode: number): NodeFile {
  if (size > largestFile)
    throw new CodedError('file-too-large', `${real}: ${size} bytes are more than the ${largestFile} that are read`);
  return { path, mode, contents: attempt(real, () => readFileSync(real, 'utf8')) };
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new CodedError('file-unreadable', `cannot read ${path}: ${(cause as Error).message}`, {
      hint: 'run it as a user who may read the files of the node',
      cause,
    });
  }
}
