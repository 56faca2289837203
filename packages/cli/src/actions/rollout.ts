import type { KubeObject } from '@pullpath/api';
import {
  pauseNodePool,
  pauseRollout,
  poolMarks,
  resumeNodePool,
  resumeRollout,
  type Steering,
  undoRollout,
} from '@pullpath/controllers';
import { CodedError } from '@pullpath/diagnostics';
import type { KubeClient, Resource } from '@pullpath/kube-client';
import { type BoardPool, formatBoard, type RolloutBoard } from '@pullpath/pull-config';
import type { RolloutFlags } from '../commands/rollout.ts';
import { whenSignalled } from '../control-plane/signalled.ts';
import { exitCodes } from '../exit-codes.ts';
import { withLiveApi } from '../input/live-api.ts';
import { machineConfigPools, poolNamed, readBoard, watchBoard } from '../input/live-board.ts';
import { structured } from '../output/structured.ts';

/** `pullpath rollout status POOL`: 0 when it is updated, 1 when it is held, degraded or, without waiting, on its way. */
export async function rolloutStatus(pool: string, flags: RolloutFlags): Promise<number> {
  const found = await withLiveApi(flags, async (client) => {
    await poolNamed(client, pool, flags);
    return flags.watch === false ? poolOf(await readBoard(client, flags), pool) : waitFor(client, pool, flags);
  });
  process.stdout.write(printed(found, flags));
  return found.state === 'Updated' && found.currentConfig === found.targetConfig ? exitCodes.done : exitCodes.findings;
}

/** Rules settle for a second before a pool names what they make: an edit of a moment ago is waited for too. */
const patienceMs = 2_000;

/** Resolves with the pool when nothing more happens by itself, or someone ends the wait. */
async function waitFor(client: KubeClient, name: string, { output, cluster }: RolloutFlags): Promise<BoardPool> {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, whenSignalled()]);
  let last: BoardPool | undefined;
  let ends: NodeJS.Timeout | undefined;
  await watchBoard(
    client,
    { cluster },
    (board) => {
      last = poolOf(board, name);
      const { state, updatedMachineCount: updated, machineCount: total, targetConfig, currentConfig } = last;
      const isOver = state !== 'Updating' && (state !== 'Updated' || currentConfig === targetConfig);
      if (isOver) ends ??= setTimeout(() => ending.abort(), patienceMs);
      else clearTimeout(ends);
      if (!isOver) ends = undefined;
      if (!isOver && output === 'text') process.stderr.write(`${updated} of ${total} nodes have ${targetConfig}\n`);
    },
    signal,
  );
  return last ?? poolOf({ pools: [] }, name);
}

function poolOf({ pools }: RolloutBoard, name: string): BoardPool {
  const found = pools.find((pool) => pool.name === name);
  if (found) return found;
  throw new CodedError('object-not-found', `there is no pool ${name}`);
}

function printed(pool: BoardPool, { output = 'text' }: RolloutFlags): string {
  return output === 'text' ? formatBoard({ pools: [pool] }) : structured(pool, output);
}

const machineConfigs: Resource = { ...machineConfigPools, plural: 'machineconfigs', kind: 'MachineConfig' };

type Verb = 'pause' | 'resume' | 'undo';

/** `pullpath rollout pause|resume|undo POOL`. */
export async function steerRollout(verb: Verb, name: string, flags: RolloutFlags): Promise<number> {
  const message = await withLiveApi(flags, async (client) => {
    const { resource, place, pool } = await poolNamed(client, name, flags);
    const steering =
      flags.cluster === undefined ? await steeringOf(client, verb, pool, flags.to) : ofNodePool(verb, pool);
    await client.patch(resource, place, 'merge', steering.patch);
    return steering.message;
  });
  process.stdout.write(`${message}\n`);
  return exitCodes.done;
}

async function steeringOf(client: KubeClient, verb: Verb, pool: KubeObject, to: string | undefined): Promise<Steering> {
  if (verb === 'pause') return pauseRollout(pool);
  if (verb === 'resume') return resumeRollout(pool);
  const labelSelector = `${poolMarks.renderedFor}=${pool.metadata.name}`;
  const { items } = await client.list(machineConfigs, { labelSelector });
  return undoRollout(pool, items as unknown as readonly KubeObject[], to);
}

function ofNodePool(verb: Verb, pool: KubeObject): Steering {
  if (verb === 'pause') return pauseNodePool(pool);
  if (verb === 'resume') return resumeNodePool(pool);
  throw new CodedError('nothing-to-undo', 'a NodePool has what its HostedCluster and its own spec ask for', {
    hint: 'apply the configuration that it is to go back to',
  });
}
