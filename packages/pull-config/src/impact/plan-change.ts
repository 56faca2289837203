import { describeOrigin, type OriginPlace } from '@pullpath/api';
import type { KubeObject, NodeFile, RegistriesConf, RuleSet } from '../model.ts';
import { diffNodeFiles, type FileChange } from './changed-files.ts';
import { diffRules } from './diff-rules.ts';
import type { DisruptionAction, NodeDisruptionPolicies } from './disruption-policies.ts';
import type { ImageUse } from './image-list.ts';
import { type NodePulls, nodePullContext } from './node-pull-context.ts';
import { comparePulls, type PullChange, type PullChanges } from './pull-changes.ts';
import { type RolloutDecision, rolloutDecision } from './rollout-decision.ts';
import { estimateRollout, type RolloutEstimate } from './rollout-estimate.ts';
import type { RuleChange } from './rule-changes.ts';

/** The rules of one pool and the files that they give its nodes. */
export interface PoolState {
  readonly rules: RuleSet;
  /** The whole tree, base files included. */
  readonly files: readonly NodeFile[];
  /** The configuration behind registries.conf, so that reasons name rules and not lines of the file. */
  readonly registriesConf?: RegistriesConf | undefined;
}

export interface PlannedPool {
  readonly name: string;
  readonly before: PoolState;
  readonly after: PoolState;
  /** The MachineConfigPool, and the Nodes of the pool, where they are known: they give order and duration. */
  readonly object?: KubeObject | undefined;
  readonly nodes?: readonly KubeObject[] | undefined;
  /** A NodePool with `upgradeType: Replace`: a changed node is never changed, a new one takes its place. */
  readonly replacesNodes?: boolean | undefined;
}

export interface PlanInput {
  readonly pools: readonly PlannedPool[];
  readonly images?: readonly ImageUse[] | undefined;
  /** The merged policies of the cluster; the defaults when absent. */
  readonly disruption?: NodeDisruptionPolicies | undefined;
}

export type PoolAction = 'none' | 'drain' | 'reload' | 'restart' | 'daemon-reload' | 'reboot' | 'replace';

/** Why a pool does what it does: a sentence, the file on the node and the rules behind it. */
export interface Because {
  readonly message: string;
  readonly file?: string;
  readonly origins: readonly OriginPlace[];
}

export interface PoolPlan {
  readonly name: string;
  /** What happens on each node, in order. */
  readonly actions: readonly PoolAction[];
  /** Services that are reloaded or restarted. */
  readonly services: readonly string[];
  readonly drain: boolean;
  readonly reboot: boolean;
  readonly because: readonly Because[];
  /** Absent when nothing changes on the pool. */
  readonly rollout?: RolloutEstimate;
}

/** The preview of a change. */
export interface Plan {
  readonly rules: readonly RuleChange[];
  /** `pools` names those on which the file changes. */
  readonly files: readonly {
    readonly path: string;
    readonly change: FileChange['change'];
    readonly pools: readonly string[];
  }[];
  readonly pools: readonly PoolPlan[];
  readonly pulls: PullChanges;
}

/**
 * What a change of rules does before it is made: rules, files of the nodes, actions of every pool with the reasons, and
 * the pulls of running images. With several pools a pull counts as the worst that any of them makes of it.
 */
export function planChange({ pools, images = [], disruption }: PlanInput): Plan {
  const decided = pools.map((pool) => ({
    pool,
    changes: diffNodeFiles(pool.before.files, pool.after.files),
    decision: decide(pool, disruption),
  }));
  return {
    rules: distinct(pools.flatMap(({ before, after }) => diffRules(before.rules, after.rules))),
    files: changedFiles(decided),
    pools: decided.map(poolPlan),
    pulls: pullsOf(pools, images),
  };
}

interface Decided {
  readonly pool: PlannedPool;
  readonly changes: readonly FileChange[];
  /** On the files that a MachineConfig carries. */
  readonly decision: RolloutDecision;
}

function decide({ before, after }: PlannedPool, policies: NodeDisruptionPolicies | undefined): RolloutDecision {
  const [old, now] = [before.registriesConf, after.registriesConf];
  const [oldFiles, newFiles] = [before, after].map(({ files }) => files.filter(isInMachineConfig));
  return rolloutDecision(oldFiles ?? [], newFiles ?? [], { policies, registriesConf: old && now && { old, now } });
}

/** Authorities of registries are written on nodes beside any MachineConfig: no drain, no reload, no order of nodes. */
function isInMachineConfig({ path }: { readonly path: string }): boolean {
  return !path.startsWith('/etc/docker/certs.d/');
}

function distinct(changes: readonly RuleChange[]): RuleChange[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

function changedFiles(decided: readonly Decided[]): Plan['files'] {
  const files = new Map<string, { path: string; change: FileChange['change']; pools: string[] }>();
  for (const { pool, changes } of decided) {
    for (const { path, change } of changes) {
      const key = `${path}\n${change}`;
      const file = files.get(key) ?? { path, change, pools: [] };
      file.pools.push(pool.name);
      files.set(key, file);
    }
  }
  return [...files.values()].sort((left, right) => (left.path < right.path ? -1 : Number(left.path > right.path)));
}

function poolPlan({ pool, changes, decision }: Decided): PoolPlan {
  const { name } = pool;
  const outside = changes.filter((change) => !isInMachineConfig(change));
  if (decision.changes.length === 0) return unchangedPool(name, outside);
  const replace = pool.replacesNodes === true;
  const reboot = replace || decision.actions.some(({ type }) => type === 'Reboot');
  const drain = replace || decision.drain;
  const actions = replace ? (['drain', 'replace'] as const) : actionWords(decision.actions, drain);
  const services = replace ? [] : [...new Set(decision.actions.flatMap(servicesOf))];
  const estimate = replace ? undefined : estimateRollout(pool, { drain, reboot });
  const because = [...reasons(decision, replace), ...outside.map(writtenBeside), ...hindrances(estimate)];
  const rollout = estimate && 'batches' in estimate ? { rollout: estimate } : {};
  return { name, actions, services, drain, reboot, because, ...rollout };
}

function unchangedPool(name: string, outside: readonly FileChange[]): PoolPlan {
  const identical = { message: 'the rendered files are identical', origins: [] };
  const because = outside.length > 0 ? outside.map(writtenBeside) : [identical];
  return { name, actions: ['none'], services: [], drain: false, reboot: false, because };
}

function writtenBeside({ path, change }: FileChange): Because {
  return { message: `${path} is ${change} on all nodes at once, without a rollout`, file: path, origins: [] };
}

const words: Readonly<Record<DisruptionAction['type'], PoolAction>> = {
  Reboot: 'reboot',
  Drain: 'drain',
  Reload: 'reload',
  Restart: 'restart',
  DaemonReload: 'daemon-reload',
  None: 'none',
  Special: 'reload',
};

// A node is drained before anything else happens to it.
function actionWords(actions: readonly DisruptionAction[], drain: boolean): PoolAction[] {
  const found = new Set(actions.map(({ type }) => words[type]));
  if (drain) found.delete('none');
  return drain ? [...new Set<PoolAction>(['drain', ...found])] : [...found];
}

function servicesOf({ type, reload, restart }: DisruptionAction): string[] {
  if (type === 'Special') return ['crio.service'];
  const service = reload?.serviceName ?? restart?.serviceName;
  return service === undefined ? [] : [service];
}

function reasons(decision: RolloutDecision, replace: boolean): Because[] {
  const { changes, rebootingFiles, unsafe } = decision;
  if (replace)
    return [{ message: 'the NodePool replaces nodes whose configuration changes', origins: [] }, ...files(changes)];
  const reboots = rebootingFiles.map((file) => {
    return { message: `${file} changes, which no policy allows without a reboot`, file, origins: [] };
  });
  const file = '/etc/containers/registries.conf';
  const drains = unsafe.map(({ message, origins }) => ({ message, file, origins: origins.map(describeOrigin) }));
  const found = [...reboots, ...drains];
  return found.length > 0 ? found : files(changes);
}

function files(changes: readonly FileChange[]): Because[] {
  return changes.map(({ path, change }) => ({ message: `${path} is ${change}`, file: path, origins: [] }));
}

function hindrances(estimate: ReturnType<typeof estimateRollout> | undefined): Because[] {
  if (estimate === undefined) return [];
  if ('hindrance' in estimate) return [{ message: `no node changes: ${estimate.hindrance}`, origins: [] }];
  return estimate.paused ? [{ message: 'the pool is paused: nodes change when it is resumed', origins: [] }] : [];
}

const rank = { same: 0, moved: 1, failing: 2 } as const;

function pullsOf(pools: readonly PlannedPool[], images: readonly ImageUse[]): PullChanges {
  if (images.length === 0) return { same: 0, moved: 0, failing: 0, details: [] };
  const views = distinctViews(pools).map(({ before, after }) => comparePulls(images, before, after));
  const [first, ...others] = views;
  if (first === undefined) return { same: sum(images), moved: 0, failing: 0, details: [] };
  return others.length === 0 ? first : worstOf(images, views);
}

/** Pools whose nodes pull alike are looked at once. */
function distinctViews(pools: readonly PlannedPool[]): { readonly before: NodePulls; readonly after: NodePulls }[] {
  const contexts = new Map<string, NodePulls>();
  const contextOf = (files: readonly NodeFile[]): NodePulls => {
    const key = JSON.stringify(files.filter(decidesPulls));
    const context = contexts.get(key) ?? nodePullContext(files);
    contexts.set(key, context);
    return context;
  };
  const views = pools.map(({ before, after }) => ({ before: contextOf(before.files), after: contextOf(after.files) }));
  return views.filter((view, index) => {
    return views.findIndex(({ before, after }) => before === view.before && after === view.after) === index;
  });
}

function decidesPulls({ path }: NodeFile): boolean {
  return !path.startsWith('/etc/crio/crio.conf.d/') && path !== '/etc/containers/storage.conf';
}

function worstOf(images: readonly ImageUse[], views: readonly PullChanges[]): PullChanges {
  const numbers = { same: 0, moved: 0, failing: 0 };
  const byUse = views.map(({ details }) => new Map(details.map((detail) => [keyOf(detail), detail])));
  const details = images.flatMap((use): PullChange[] => {
    const found = byUse.flatMap((details) => details.get(keyOf(use)) ?? []);
    const worst = found.sort((left, right) => rank[right.change] - rank[left.change])[0];
    numbers[worst?.change ?? 'same'] += use.count;
    return worst === undefined ? [] : [worst];
  });
  return { ...numbers, details };
}

function keyOf({ image, namespace }: { readonly image: string; readonly namespace?: string | undefined }): string {
  return `${namespace ?? ''}\n${image}`;
}

function sum(images: readonly ImageUse[]): number {
  return images.reduce((total, { count }) => total + count, 0);
}
