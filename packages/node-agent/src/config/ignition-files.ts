import { Buffer } from 'node:buffer';
import { valueAt } from '@pullpath/api';
import { largestFile, readContents } from './contents.ts';
import type { NodeFileBytes, Owner } from './node-file.ts';
import { pathFault } from './path.ts';

/** What a document of Ignition asks of a node, as far as an agent can give it. */
export interface IgnitionReading {
  /** Ascending by path; the last of two with one path counts. */
  readonly files: readonly NodeFileBytes[];
  /** What is asked for and not done, one phrase each. */
  readonly unapplied: readonly string[];
  /** Why the document cannot be applied at all. */
  readonly faults: readonly string[];
}

const mostFiles = 2_000;
const mostBytes = 64 * 2 ** 20;

/** Reads an Ignition 3.x document. Files are what an agent writes; everything else of it is named, never passed over. */
export function readIgnition(document: unknown): IgnitionReading {
  const version = valueAt(document, ['ignition', 'version']);
  if (typeof version !== 'string' || !version.startsWith('3.'))
    return { files: [], unapplied: [], faults: [`Ignition version ${JSON.stringify(version)} is not 3.x`] };
  const entries = listAt(document, 'storage', 'files');
  const read = entries.slice(0, mostFiles).map(readFile);
  const files = read.flatMap(({ file }) => (file ? [file] : []));
  return {
    files: byPath(files),
    unapplied: [...read.flatMap(({ unapplied }) => unapplied), ...otherParts(document)],
    faults: [...read.flatMap(({ fault }) => (fault === undefined ? [] : [fault])), ...limits(entries.length, files)],
  };
}

interface FileReading {
  readonly file?: NodeFileBytes;
  readonly fault?: string;
  readonly unapplied: readonly string[];
}

function readFile(entry: unknown): FileReading {
  const path = valueAt(entry, ['path']);
  if (typeof path !== 'string') return { fault: 'a file has no path', unapplied: [] };
  const refusal = pathFault(path);
  if (refusal !== undefined) return { fault: `the path ${JSON.stringify(path)} is refused: ${refusal}`, unapplied: [] };
  const parts = [valueAt(entry, ['contents']), ...listAt(entry, 'append')].map(readContents);
  const wrong = parts.find((part) => !part.ok);
  if (wrong?.ok === false) return { fault: `${path}: ${wrong.message}`, unapplied: [] };
  const contents = Buffer.concat(parts.flatMap((part) => (part.ok ? [part.bytes] : [])));
  if (contents.length > largestFile) return { fault: `${path}: it is larger than ${largestFile} bytes`, unapplied: [] };
  const owner = ownerOf(entry);
  return {
    file: { path, mode: modeOf(entry), contents, ...(owner.ids ? { owner: owner.ids } : {}) },
    unapplied: owner.unapplied.map((name) => `owner ${name} of ${path}`),
  };
}

const plainMode = 0o644;
const modeBits = 0o7777;

function modeOf(entry: unknown): number {
  const mode = valueAt(entry, ['mode']);
  return typeof mode === 'number' && Number.isInteger(mode) && mode >= 0 ? mode & modeBits : plainMode;
}

// Names of users are those of the node's own /etc/passwd, which only its programs can look up; root is always 0.
function ownerOf(entry: unknown): { readonly ids?: Owner; readonly unapplied: readonly string[] } {
  const [user, group] = (['user', 'group'] as const).map((of) => {
    const [id, name] = [valueAt(entry, [of, 'id']), valueAt(entry, [of, 'name'])];
    if (typeof id === 'number') return { id };
    return typeof name === 'string' && name !== '' && name !== 'root' ? { id: 0, name } : { id: 0 };
  });
  const unapplied = [user?.name, group?.name].flatMap((name) => (name === undefined ? [] : [name]));
  const ids = { uid: user?.id ?? 0, gid: group?.id ?? 0 };
  return ids.uid === 0 && ids.gid === 0 ? { unapplied } : { ids, unapplied };
}

function otherParts(document: unknown): string[] {
  const units = listAt(document, 'systemd', 'units').map((unit) => `unit ${String(valueAt(unit, ['name']))}`);
  const users = listAt(document, 'passwd', 'users').map((user) => `user ${String(valueAt(user, ['name']))}`);
  const places = otherLists.flatMap((path) => (listAt(document, ...path).length > 0 ? [path.join('.')] : []));
  return [...units, ...users, ...places];
}

const otherLists: readonly (readonly string[])[] = [
  ['passwd', 'groups'],
  ['storage', 'directories'],
  ['storage', 'links'],
  ['storage', 'disks'],
  ['storage', 'filesystems'],
  ['storage', 'raid'],
  ['storage', 'luks'],
  ['kernelArguments', 'shouldExist'],
  ['kernelArguments', 'shouldNotExist'],
  ['ignition', 'config', 'merge'],
];

function limits(count: number, files: readonly NodeFileBytes[]): string[] {
  const bytes = files.reduce((sum, { contents }) => sum + contents.length, 0);
  return [
    ...(count > mostFiles ? [`it has ${count} files, more than ${mostFiles}`] : []),
    ...(bytes > mostBytes ? [`its files have ${bytes} bytes together, more than ${mostBytes}`] : []),
  ];
}

function byPath(files: readonly NodeFileBytes[]): NodeFileBytes[] {
  const last = new Map(files.map((file) => [file.path, file]));
  return [...last.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function listAt(data: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = valueAt(data, path);
  return Array.isArray(value) ? value : [];
}
