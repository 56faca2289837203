import { dirname } from 'node:path';
import type { Clock } from '@pullpath/kube-client';
import type { NodeDisruptionPolicies } from '@pullpath/pull-config';
import { reloadsFor } from '../config/policies.ts';
import { FileWatch } from '../drift/file-watch.ts';
import { type Drift, findDrift, type Stamps } from '../drift/find-drift.ts';
import { RepairPace } from '../drift/pace.ts';
import { repairDrift } from '../drift/repair-drift.ts';
import { runActions } from '../effects/effects.ts';
import type { LocalState } from '../root/local-state.ts';
import type { NodeAgentOptions } from './agent-options.ts';
import type { NodeLink } from './node-link.ts';

export interface FileKeeperOptions extends Pick<NodeAgentOptions, 'root' | 'effects' | 'drift' | 'checkMs'> {
  readonly clock: Clock;
  /** Told when something happened where our files lie. */
  readonly heard: () => void;
}

/** Looks after the files of a node between changes: what someone else did to them is told, and repaired where that is wished. */
export class FileKeeper {
  readonly #options: FileKeeperOptions;
  readonly #watch: FileWatch;
  readonly #pace: RepairPace;
  #config: string | undefined;
  #stamps: Stamps = new Map();
  #drift: readonly Drift[] = [];
  #repaired = 0;

  constructor(options: FileKeeperOptions) {
    this.#options = options;
    this.#watch = new FileWatch(options.root, options.heard);
    this.#pace = new RepairPace(options.clock);
  }

  /** What is not as it should be, as of the last look. */
  get drift(): readonly Drift[] {
    return this.#drift;
  }

  /** Files written again so far. */
  get repaired(): number {
    return this.#repaired;
  }

  /** Looks at the files of a node that is at rest. Gives the milliseconds after which to look again. */
  async check(local: LocalState, policies: () => Promise<NodeDisruptionPolicies>, link: NodeLink): Promise<number> {
    const { root, checkMs = 60_000 } = this.#options;
    if (this.#config !== local.config) this.#stamps.clear();
    this.#config = local.config;
    const found = findDrift(root, local.files, this.#stamps);
    const [left, againMs] =
      found.length > 0 && this.#options.drift !== 'report'
        ? await this.#repair(local, found, policies, link)
        : [found, checkMs];
    this.#watch.follow([...new Set(local.files.map(({ path }) => dirname(path)))]);
    await this.#tell(left, link);
    return Math.min(checkMs, againMs);
  }

  close(): void {
    this.#watch.close();
  }

  async #repair(
    local: LocalState,
    found: readonly Drift[],
    policies: () => Promise<NodeDisruptionPolicies>,
    link: NodeLink,
  ): Promise<readonly [left: readonly Drift[], againMs: number]> {
    const { root, effects } = this.#options;
    const due = found.filter(({ path }) => this.#pace.waitFor(path) === 0);
    const { repaired, left } = repairDrift(root, local, due);
    for (const { path } of repaired) this.#pace.repaired(path);
    this.#repaired += repaired.length;
    // A directory that went and came back is another one to listen to.
    this.#watch.close();
    if (repaired.length > 0) link.tell('Warning', 'DriftRepaired', `written again: ${driftText(repaired)}`);
    for (const { reason } of left) link.tell('Warning', 'DriftRepairFailed', reason);
    if (repaired.length > 0)
      await runActions(
        effects,
        reloadsFor(
          repaired.map(({ path }) => path),
          await policies(),
        ),
      );
    const waiting = found.filter((drift) => !repaired.includes(drift));
    const waits = waiting.map(({ path }) => this.#pace.waitFor(path)).filter((ms) => ms > 0);
    return [waiting, Math.min(...waits, Number.POSITIVE_INFINITY)];
  }

  async #tell(left: readonly Drift[], link: NodeLink): Promise<void> {
    const text = driftText(left);
    const isNew = text !== driftText(this.#drift);
    this.#drift = left;
    if (isNew && text !== '') link.tell('Warning', 'Drift', text);
    await link.say({ drift: text });
  }
}

function driftText(drift: readonly Drift[]): string {
  return drift
    .map(({ path, what }) => `${path} ${what}`)
    .join('; ')
    .slice(0, longestText);
}

const longestText = 1_000;
