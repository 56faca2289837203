import type { Diagnostic } from '@pullpath/diagnostics';
import type { NodeFile } from '../../model.ts';
import type { PullRoute } from '../../pull/explain/context.ts';
import { cleanPath } from '../endpoint.ts';
import { byBytes } from '../host-plan.ts';
import { readHostsToml, type TomlHost } from './hosts-toml-read.ts';

/** A `certs.d` tree, read. */
export interface CertsTree {
  /** By name: `quay.io`, `quay.io:5000`, `quay.io_5000_`, `_default`. */
  readonly directories: ReadonlyMap<string, HostDirectory>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface HostDirectory {
  /** The last one is the server. */
  readonly hosts: readonly TomlHost[];
  /** Set when every pull through the directory fails. */
  readonly error?: PullRoute['error'];
}

/** Reads every directory below `root`. A file outside the tree that a hosts.toml names is taken to be there. */
export function readCertsTree(files: readonly NodeFile[], root: string): CertsTree {
  const texts = new Map(files.map(({ path, contents }) => [path, contents]));
  const names = new Set([...texts.keys()].flatMap((path) => directoryOf(path, root) ?? []));
  const read = [...names].sort(byBytes).map((name) => ({ name, ...readDirectory(`${root}/${name}`, texts, root) }));
  return {
    directories: new Map(read.map(({ name, hosts, error }) => [name, { hosts, error }])),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

function directoryOf(path: string, root: string): string | undefined {
  if (!path.startsWith(`${root}/`)) return undefined;
  const slash = path.indexOf('/', root.length + 1);
  return slash === -1 ? undefined : path.slice(root.length + 1, slash);
}

function readDirectory(
  directory: string,
  texts: ReadonlyMap<string, string>,
  root: string,
): HostDirectory & { readonly diagnostics: readonly Diagnostic[] } {
  const file = `${directory}/hosts.toml`;
  const text = texts.get(file) ?? '';
  const { hosts, diagnostics } = text === '' ? { hosts: undefined, diagnostics: [] } : readHostsToml(file, text);
  const known = (hosts ?? [certificateHost(directory, texts)]).map((host) => absolute(host, directory));
  const missing = known
    .flatMap(({ authorities, clients }) => [...authorities, ...clients])
    .find((path) => isMissing(path, texts, root));
  if (missing === undefined) return { hosts: known, diagnostics };
  const message = `${file} names ${missing}, which is not there`;
  const at = { code: 'hosts-toml-certificate', severity: 'error', message, object: 'hosts.toml' } as const;
  return { hosts: known, error: { code: at.code, message }, diagnostics: [...diagnostics, at] };
}

/** Without a hosts.toml that loads, the files of the directory are certificates as Docker lays them out. */
function certificateHost(directory: string, texts: ReadonlyMap<string, string>): TomlHost {
  const names = [...texts.keys()].filter(
    (path) => path.startsWith(`${directory}/`) && !path.includes('/', directory.length + 1),
  );
  return {
    scheme: '',
    host: '',
    path: '',
    capabilities: new Set(),
    authorities: names.filter((name) => name.endsWith('.crt')),
    clients: names.filter((name) => name.endsWith('.cert')),
  };
}

function absolute(host: TomlHost, directory: string): TomlHost {
  const place = (path: string): string => (path.startsWith('/') ? path : cleanPath(`${directory}/${path}`));
  return { ...host, authorities: host.authorities.map(place), clients: host.clients.map(place) };
}

function isMissing(path: string, texts: ReadonlyMap<string, string>, root: string): boolean {
  return cleanPath(path).startsWith(`${root}/`) && !texts.has(cleanPath(path));
}
