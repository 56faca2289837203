import { describeOrigin } from '@pullpath/api';
import { diffNodeFiles, type FileChange } from './changed-files.ts';
import type { DisruptionAction, NodeDisruptionPolicies } from './disruption-policies.ts';
import type { Because, PlannedPool, PoolAction, PoolPlan } from './plan.ts';
import { type RolloutDecision, registriesConfPath, rolloutDecision } from './rollout-decision.ts';
import { estimateRollout } from './rollout-estimate.ts';

/** What the nodes of a pool do, in which order and why. */
export function planPool(pool: PlannedPool, policies: NodeDisruptionPolicies | undefined): PoolPlan {
  const changes = diffNodeFiles(pool.before.files, pool.after.files);
  const outside = changes.filter(({ path }) => isOutside(path)).map(writtenBeside);
  const [old, now] = [pool.before.rolloutHash, pool.after.rolloutHash];
  const isHosted = old !== undefined && now !== undefined;
  if (isHosted && old === now) return idlePool(pool.name, [...changes.filter(isCarried).map(newNodesOnly), ...outside]);
  if (pool.replacesNodes && (isHosted || changes.some(isCarried))) return replacedPool(pool.name, changes);
  const decision = decide(pool, policies);
  return decision.changes.length === 0 ? idlePool(pool.name, outside) : changedPool(pool, decision, outside);
}

function decide(
  { before, after, dialect }: PlannedPool,
  policies: NodeDisruptionPolicies | undefined,
): RolloutDecision {
  const [old, now] = [before.registriesConf, after.registriesConf];
  const carried = [before, after].map(({ files }) => files.filter(isCarried));
  return rolloutDecision(carried[0] ?? [], carried[1] ?? [], {
    policies,
    dialect,
    registriesConf: old && now && { old, now },
  });
}

/** A MachineConfig carries every file but the authorities of registries, which the daemon writes beside it. */
function isCarried({ path }: { readonly path: string }): boolean {
  return !isOutside(path);
}

function isOutside(path: string): boolean {
  return path.startsWith('/etc/docker/certs.d/');
}

function writtenBeside({ path, change }: FileChange): Because {
  return { message: `${path} is ${change} on all nodes at once, without a rollout`, file: path, origins: [] };
}

function newNodesOnly({ path, change }: FileChange): Because {
  return { message: `${path} is ${change} on new nodes only, the rollout hash stays`, file: path, origins: [] };
}

function idlePool(name: string, reasons: readonly Because[]): PoolPlan {
  const because = reasons.length > 0 ? reasons : [{ message: 'the rendered files are identical', origins: [] }];
  return { name, actions: ['none'], services: [], drain: false, reboot: false, because };
}

function replacedPool(name: string, changes: readonly FileChange[]): PoolPlan {
  const why = { message: 'the NodePool replaces its nodes when their configuration changes', origins: [] };
  const because = [why, ...(changes.length > 0 ? changes.map(fileChanges) : [onlyTheHash])];
  return { name, actions: ['drain', 'reboot'], services: [], drain: true, reboot: true, replaced: true, because };
}

// Every byte of a ConfigMap that a NodePool names counts (hypershift `NodePool` rollout hash).
const onlyTheHash: Because = {
  message: 'the files stay the same, but the rollout hash does not: release, names and the text of ConfigMaps count',
  origins: [],
};

function changedPool(pool: PlannedPool, decision: RolloutDecision, outside: readonly Because[]): PoolPlan {
  const { drain } = decision;
  const reboot = decision.actions.some(({ type }) => type === 'Reboot');
  const estimate = estimateRollout(pool, { drain, reboot });
  const hindrance = 'hindrance' in estimate ? `no node changes: ${estimate.hindrance}` : undefined;
  const paused =
    'paused' in estimate && estimate.paused ? 'the pool is paused, nodes change when it resumes' : undefined;
  return {
    name: pool.name,
    actions: actionWords(decision.actions, drain),
    services: [...new Set(decision.actions.flatMap(servicesOf))],
    drain,
    reboot,
    because: [...reasons(decision), ...outside, ...sentences(hindrance, paused)],
    ...('batches' in estimate ? { rollout: estimate } : {}),
  };
}

const words: Readonly<Record<DisruptionAction['type'], PoolAction>> = {
  Reboot: 'reboot',
  Drain: 'drain',
  Reload: 'reload',
  Restart: 'restart',
  DaemonReload: 'reload',
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

// What makes it worse than a reload; without such a thing the files themselves.
function reasons({ changes, rebootingFiles, unsafe }: RolloutDecision): Because[] {
  const reboots = rebootingFiles.map((file) => {
    return { message: `${file} changes, which no policy allows without a reboot`, file, origins: [] };
  });
  const drains = unsafe.map(({ message, origins }) => {
    return { message, file: registriesConfPath, origins: origins.map(describeOrigin) };
  });
  const found = [...reboots, ...drains];
  return found.length > 0 ? found : changes.map(fileChanges);
}

function fileChanges({ path, change }: FileChange): Because {
  return { message: `${path} is ${change}`, file: path, origins: [] };
}

function sentences(...texts: readonly (string | undefined)[]): Because[] {
  return texts.flatMap((message) => (message === undefined ? [] : [{ message, origins: [] }]));
}
