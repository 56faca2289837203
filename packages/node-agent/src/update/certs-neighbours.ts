import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { certsDirectory } from '../config/effective-files.ts';
import { hasDirectory } from '../root/directories.ts';
import type { LocalState } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';

/**
 * What other people's files beside a hosts.toml of ours mean for it (containerd docs/hosts.md): a directory `host_port_` is
 * read instead of `host:port`, and certificates that lie alone in a directory are read no more once a hosts.toml joins them.
 */
export function neighbourFaults(root: NodeRoot, path: string, local: LocalState): readonly string[] {
  const [host = '', name] = path.startsWith(`${certsDirectory}/`)
    ? path.slice(certsDirectory.length + 1).split('/')
    : [];
  if (name !== 'hosts.toml') return [];
  return [...insteadOf(root, host), ...hidden(root, path, host, local)];
}

function insteadOf(root: NodeRoot, host: string): string[] {
  const colon = host.lastIndexOf(':');
  const other = `${certsDirectory}/${host.slice(0, colon)}_${host.slice(colon + 1)}_`;
  return colon > 0 && hasDirectory(root, `${other}/-`) ? [`${other} is read instead of ${certsDirectory}/${host}`] : [];
}

function hidden(root: NodeRoot, path: string, host: string, { files }: LocalState): string[] {
  const own = new Set(files.map((file) => file.path));
  if (own.has(path) || !hasDirectory(root, path)) return [];
  const directory = `${certsDirectory}/${host}`;
  const others = readdirSync(join(root.directory, directory)).filter((file) => /\.(crt|cert|key)$/.test(file));
  const theirs = others.map((file) => `${directory}/${file}`).filter((file) => !own.has(file));
  return theirs.map((file) => `${file}, which is someone else's, is read no more beside our hosts.toml`);
}
