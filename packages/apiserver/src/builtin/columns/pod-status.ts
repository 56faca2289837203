import { humanAge } from '../../http/table.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { StoredObject } from '../../store/record.ts';
import { listAt, numberAt, textAt, valueAt } from '../read.ts';

/** What `kubectl get pods` says of a Pod. */
export interface PodSummary {
  readonly ready: number;
  readonly total: number;
  readonly status: string;
  readonly restarts: number;
  /** RFC 3339; empty where no container was restarted. */
  readonly lastRestart: string;
}

/** Sums up the containers of a Pod. Source: Kubernetes `printers/internalversion.printPod`. */
export function summarizePod(pod: StoredObject): PodSummary {
  const sidecars = new Set(
    listAt(pod, 'spec', 'initContainers')
      .filter((container) => textAt(container, 'restartPolicy') === 'Always')
      .map((container) => textAt(container, 'name')),
  );
  const initial = initSummary(pod, sidecars);
  const isInitialized = conditionIs(pod, 'Initialized', 'True');
  const summary = initial.waiting && !isInitialized ? initial : mainSummary(pod, initial);
  const total = listAt(pod, 'spec', 'containers').length + sidecars.size;
  return {
    ready: summary.ready,
    total,
    status: deletionStatus(pod) ?? summary.status,
    restarts: summary.restarts,
    lastRestart: summary.lastRestart,
  };
}

interface Summary {
  readonly status: string;
  readonly ready: number;
  readonly restarts: number;
  readonly lastRestart: string;
}

interface InitSummary extends Summary {
  /** An init container has not finished. */
  readonly waiting: boolean;
  readonly sidecars: Pick<Summary, 'restarts' | 'lastRestart'>;
}

function initSummary(pod: StoredObject, sidecars: ReadonlySet<string>): InitSummary {
  let all = { restarts: 0, lastRestart: '' };
  let own = { restarts: 0, lastRestart: '' };
  let ready = 0;
  for (const [index, status] of listAt(pod, 'status', 'initContainerStatuses').entries()) {
    const isSidecar = sidecars.has(textAt(status, 'name'));
    all = addRestarts(all, status);
    if (isSidecar) own = addRestarts(own, status);
    const finished = valueAt(status, 'state', 'terminated', 'exitCode') === 0;
    const runs = isSidecar && valueAt(status, 'started') === true;
    if (runs && valueAt(status, 'ready') === true) ready++;
    if (!finished && !runs) {
      const total = listAt(pod, 'spec', 'initContainers').length;
      return { status: initStatus(status, index, total), ready, ...all, waiting: true, sidecars: own };
    }
  }
  return { status: phaseOf(pod), ready, ...all, waiting: false, sidecars: own };
}

function addRestarts(sum: { restarts: number; lastRestart: string }, status: unknown) {
  const finishedAt = textAt(status, 'lastState', 'terminated', 'finishedAt');
  return {
    restarts: sum.restarts + numberAt(status, 'restartCount'),
    lastRestart: finishedAt > sum.lastRestart ? finishedAt : sum.lastRestart,
  };
}

function initStatus(status: unknown, index: number, total: number): string {
  const terminated = valueAt(status, 'state', 'terminated');
  if (terminated !== undefined) return `Init:${endOf(terminated)}`;
  const waiting = textAt(status, 'state', 'waiting', 'reason');
  return waiting !== '' && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${index}/${total}`;
}

function endOf(terminated: unknown): string {
  const [reason, signal] = [textAt(terminated, 'reason'), numberAt(terminated, 'signal')];
  if (reason !== '') return reason;
  return signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`;
}

function phaseOf(pod: StoredObject): string {
  const gated = listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'PodScheduled' && textAt(condition, 'reason') === 'SchedulingGated',
  );
  return gated ? 'SchedulingGated' : textAt(pod, 'status', 'reason') || textAt(pod, 'status', 'phase');
}

// From the last container to the first, so that the first one with something to say has the last word.
function mainSummary(pod: StoredObject, initial: InitSummary): Summary {
  let status = initial.waiting ? initial.status : phaseOf(pod);
  let counts = initial.sidecars;
  let { ready } = initial;
  let hasRunning = false;
  let failure = '';
  for (const container of listAt(pod, 'status', 'containerStatuses').toReversed()) {
    counts = addRestarts(counts, container);
    const waiting = textAt(container, 'state', 'waiting', 'reason');
    const terminated = valueAt(container, 'state', 'terminated');
    if (waiting !== '') status = waiting;
    else if (terminated !== undefined) {
      status = endOf(terminated);
      if (numberAt(terminated, 'exitCode') !== 0) failure = status;
    } else if (valueAt(container, 'ready') === true && valueAt(container, 'state', 'running') !== undefined) {
      hasRunning = true;
      ready++;
    }
  }
  return { status: settled(pod, status, hasRunning, failure), ready, ...counts };
}

function settled(pod: StoredObject, status: string, hasRunning: boolean, failure: string): string {
  if (status !== 'Completed') return status;
  if (hasRunning && conditionIs(pod, 'Ready', 'True')) return 'Running';
  if (failure !== '') return failure;
  return hasRunning ? 'NotReady' : status;
}

function deletionStatus(pod: StoredObject): string | undefined {
  if (metadataOf(pod).deletionTimestamp === undefined) return undefined;
  if (textAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown';
  return ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase')) ? undefined : 'Terminating';
}

/** True when a condition of the Pod has that status. */
export function conditionIs(pod: StoredObject, type: string, status: string): boolean {
  const found = listAt(pod, 'status', 'conditions').find((condition) => textAt(condition, 'type') === type);
  return found !== undefined && textAt(found, 'status') === status;
}

/** `3 (5m ago)`, or the number alone. */
export function restartsText({ restarts, lastRestart }: PodSummary, now: Date): string {
  return restarts > 0 && lastRestart !== '' ? `${restarts} (${humanAge(lastRestart, now)} ago)` : String(restarts);
}
