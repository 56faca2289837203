import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import { type NodeDisruptionPolicies, type RolloutDecision, rolloutDecision } from '@pullpath/pull-config';
import { certsDirectory, type EffectiveFiles, type NodeRuntime } from '../config/effective-files.ts';
import { asText, type FileRecord, type NodeFileBytes, sha256 } from '../config/node-file.ts';
import { hasDirectory } from '../root/directories.ts';
import { readFile } from '../root/files.ts';
import type { LocalState } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { keptFile, keptFileIfThere } from '../root/state-store.ts';
import { neighbourFaults } from './certs-neighbours.ts';
import { dropInDirectory, effectiveFaults } from './effective-faults.ts';

/** A change of a node, ready to begin. */
export interface UpdatePlan {
  readonly config: string;
  /** What is put in place. */
  readonly files: readonly NodeFileBytes[];
  /** What lies there now where nothing of ours does. */
  readonly found: readonly NodeFileBytes[];
  readonly decision: RolloutDecision;
  readonly unapplied: readonly string[];
}

/** What a plan is made from. */
export interface PlanInput {
  readonly root: NodeRoot;
  readonly runtime: NodeRuntime;
  readonly local: LocalState;
  readonly config: string;
  readonly wanted: EffectiveFiles;
  readonly policies: NodeDisruptionPolicies;
}

/**
 * What the change to a configuration does on a node as it is: files of others below certs.d stay as they are and are named;
 * elsewhere a file that lies there is taken over. Throws `effective-config-invalid` when the runtime could not use the
 * outcome, and what reading throws.
 */
export function planUpdate({ root, runtime, local, config, wanted, policies }: PlanInput): UpdatePlan {
  const own = new Map(local.files.map((record) => [record.path, record]));
  const lying = wanted.files.filter(({ path }) => !own.has(path)).flatMap(({ path }) => readFile(root, path) ?? []);
  const foreign = lying.filter(({ path }) => path.startsWith(`${certsDirectory}/`));
  const files = wanted.files.filter(({ path }) => !foreign.some((file) => file.path === path));
  const found = lying.filter((file) => !foreign.includes(file));
  const before = [...local.files.flatMap((record) => fileBefore(root, record) ?? []), ...found];
  const after = [...files, ...leftAfter(root, local, files)];
  checkOutcome([...after, ...foreignDropIns(root, after)], runtime, config);
  return {
    config,
    files,
    found,
    decision: rolloutDecision(before.map(asText), after.map(asText), { policies }),
    unapplied: [
      ...wanted.unapplied,
      ...foreign.filter(differsFrom(wanted.files)).map(foreignText),
      ...files.flatMap(({ path }) => neighbourFaults(root, path, local)),
    ],
  };
}

// Should someone have removed what we keep, what lies there is the best that is known of before.
function fileBefore(root: NodeRoot, record: FileRecord): NodeFileBytes | undefined {
  return keptFileIfThere(root, record) ?? readFile(root, record.path);
}

/** What lies at the path of a file of ours once it is ours no more. */
export function originalOf({ originals }: LocalState, path: string): FileRecord | undefined {
  const original = originals.find((of) => of.path === path);
  return original?.isFromBoot ? undefined : original?.record;
}

function leftAfter(root: NodeRoot, local: LocalState, files: readonly NodeFileBytes[]): NodeFileBytes[] {
  const kept = new Set(files.map(({ path }) => path));
  const gone = local.files.filter(({ path }) => !kept.has(path));
  const back = gone.flatMap(({ path }) => originalOf(local, path) ?? []);
  return back.map((record) => keptFile(root, record));
}

/** Drop-ins of others count too: they are merged over ours. */
export function foreignDropIns(root: NodeRoot, known: readonly { readonly path: string }[]): NodeFileBytes[] {
  if (!hasDirectory(root, `${dropInDirectory}/-`)) return [];
  const names = readdirSync(join(root.directory, dropInDirectory)).filter((name) => name.endsWith('.conf'));
  const paths = names.map((name) => `${dropInDirectory}/${name}`);
  const others = paths.filter((path) => !known.some((file) => file.path === path));
  return others.flatMap((path) => readFile(root, path) ?? []);
}

function checkOutcome(files: readonly NodeFileBytes[], runtime: NodeRuntime, config: string): void {
  const faults = effectiveFaults(files.map(asText), runtime);
  if (faults.length === 0) return;
  throw new CodedError('effective-config-invalid', `${config} would leave no pull working: ${faults.join('; ')}`, {
    hint: 'nothing was changed on the node',
  });
}

function differsFrom(files: readonly NodeFileBytes[]): (file: NodeFileBytes) => boolean {
  const wanted = new Map(files.map(({ path, contents }) => [path, sha256(contents)]));
  return ({ path, contents }) => wanted.get(path) !== sha256(contents);
}

function foreignText({ path }: NodeFileBytes): string {
  return `${path}, which is someone else's`;
}
