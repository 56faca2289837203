import { Buffer } from 'node:buffer';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import { type FileRecord, type NodeFileBytes, sha256 } from '../config/node-file.ts';
import { privateDirectory } from '../config/path.ts';
import { hasDirectory } from './directories.ts';
import { readPlain, removeLeftover, replacePlain } from './files.ts';
import { emptyState, keptRecords, type LocalState } from './local-state.ts';
import type { NodeRoot } from './node-root.ts';

const statePath = `${privateDirectory}/state.json`;
const contentsDirectory = `${privateDirectory}/contents`;

/** What the agent of this node remembers. Throws `agent-state-unreadable` for records that are damaged or of a newer agent. */
export function loadState(root: NodeRoot): LocalState {
  removeLeftover(root, statePath);
  const text = readPlain(root, statePath)?.contents.toString();
  if (text === undefined) return emptyState;
  const stored = parsed(text);
  if (stored?.version === 1) return stored.state;
  throw new CodedError('agent-state-unreadable', `${join(root.directory, statePath)} cannot be read`, {
    hint: 'it is damaged, or of a newer agent; remove it and the files in place are taken over as they are',
  });
}

/** Remembers a state. When this returns, a crash cannot lose it. */
export function saveState(root: NodeRoot, state: LocalState): void {
  const contents = Buffer.from(`${JSON.stringify({ version: 1, state })}\n`);
  writePrivate(root, { path: statePath, mode: 0o600, contents });
}

/** Keeps the contents of files, so that they can be put in place later without anyone's help. */
export function keepContents(root: NodeRoot, files: readonly NodeFileBytes[]): void {
  const kept = keptNames(root);
  for (const { contents } of files) {
    const name = sha256(contents);
    if (!kept.has(name)) writePrivate(root, { path: `${contentsDirectory}/${name}`, mode: 0o600, contents });
    kept.add(name);
  }
}

/** A kept file. Throws `agent-contents-lost` when its contents are gone or not what they were. */
export function keptFile(root: NodeRoot, record: FileRecord): NodeFileBytes {
  const file = keptFileIfThere(root, record);
  if (file) return file;
  throw new CodedError('agent-contents-lost', `the kept contents of ${record.path} are gone or damaged`, {
    hint: `someone removed them from ${contentsDirectory} on the node; the next configuration brings new ones`,
  });
}

/** The same, undefined for contents that are gone. */
export function keptFileIfThere(root: NodeRoot, record: FileRecord): NodeFileBytes | undefined {
  const { sha256: name, ...file } = record;
  const contents = readPlain(root, `${contentsDirectory}/${name}`)?.contents;
  return contents && sha256(contents) === name ? { ...file, contents } : undefined;
}

/** Lets go of contents that nothing in the state needs. */
export function dropContents(root: NodeRoot, state: LocalState): void {
  const needed = new Set(keptRecords(state).map((record) => record.sha256));
  for (const name of keptNames(root))
    if (!needed.has(name)) rmSync(join(root.directory, contentsDirectory, name), { force: true });
}

/** Forgets everything. */
export function removeRecords(root: NodeRoot): void {
  if (hasDirectory(root, statePath)) rmSync(join(root.directory, privateDirectory), { recursive: true, force: true });
}

/** Writes a file below the agent's own directory, which nobody else may look into: contents may be secret. */
export function writePrivate(root: NodeRoot, file: NodeFileBytes): void {
  const made = replacePlain(root, file);
  if (made.includes(privateDirectory)) chmodSync(join(root.directory, privateDirectory), 0o700);
}

function keptNames(root: NodeRoot): Set<string> {
  if (!hasDirectory(root, `${contentsDirectory}/-`)) return new Set();
  return new Set(readdirSync(join(root.directory, contentsDirectory)));
}

function parsed(text: string): { readonly version?: unknown; readonly state: LocalState } | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
