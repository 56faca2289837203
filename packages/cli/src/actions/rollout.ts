import { pauseRollout, poolMarks, resumeRollout, type Steering, undoRollout } from '@pullpath/controllers';
import { CodedError } from '@pullpath/diagnostics';
import type { KubeClient, KubeObject, Resource } from '@pullpath/kube-client';
import { type BoardPool, formatBoard, type RolloutBoard } from '@pullpath/pull-config';
import type { RolloutFlags } from '../commands/rollout.ts';
import { whenSignalled } from '../control-plane/signalled.ts';
import { exitCodes } from '../exit-codes.ts';
import { withLiveApi } from '../input/live-api.ts';
import { machineConfigPools, readBoard, watchBoard } from '../input/live-board.ts';
import { getObject } from '../input/live-cluster.ts';
import { structured } from '../output/structured.ts';

/** `pullpath rollout status POOL`: 0 when it is updated, 1 when it is held, degraded or, without waiting, on its way. */
export async function rolloutStatus(pool: string, flags: RolloutFlags): Promise<number> {
  const found = await withLiveApi(flags, async (client) => {
    await getObject(client, machineConfigPools, { name: pool });
    return flags.watch === false ? poolOf(await readBoard(client, {}), pool) : waitFor(client, pool, flags);
  });
  process.stdout.write(printed(found, flags));
  return found.state === 'Updated' && found.currentConfig === found.targetConfig ? exitCodes.done : exitCodes.findings;
}

/** Rules settle for a second before a pool names what they make: an edit of a moment ago is waited for too. */
const patienceMs = 2_000;

/** Resolves with the pool when nothing more happens by itself, or someone ends the wait. */
async function waitFor(client: KubeClient, name: string, { output }: RolloutFlags): Promise<BoardPool> {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, whenSignalled()]);
  let last: BoardPool | undefined;
  let ends: NodeJS.Timeout | undefined;
  await watchBoard(
    client,
    {},
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
  throw new CodedError('object-not-found', `there is no MachineConfigPool ${name}`);
}

function printed(pool: BoardPool, { output = 'text' }: RolloutFlags): string {
  return output === 'text' ? formatBoard({ pools: [pool] }) : structured(pool, output);
}

const machineConfigs: Resource = { ...machineConfigPools, plural: 'machineconfigs', kind: 'MachineConfig' };

/** `pullpath rollout pause|resume|undo POOL`. */
export async function steerRollout(
  verb: 'pause' | 'resume' | 'undo',
  name: string,
  flags: RolloutFlags,
): Promise<number> {
  const message = await withLiveApi(flags, async (client) => {
    const pool = await getObject(client, machineConfigPools, { name });
    const steering = await steeringOf(client, verb, pool, flags.to);
    await client.patch(machineConfigPools, { name }, 'merge', steering.patch);
    return steering.message;
  });
  process.stdout.write(`${message}\n`);
  return exitCodes.done;
}

async function steeringOf(
  client: KubeClient,
  verb: string,
  pool: KubeObject,
  to: string | undefined,
): Promise<Steering> {
  const asObject = pool as unknown as Parameters<typeof pauseRollout>[0];
  if (verb === 'pause') return pauseRollout(asObject);
  if (verb === 'resume') return resumeRollout(asObject);
  const labelSelector = `${poolMarks.renderedFor}=${pool.metadata.name}`;
  const { items } = await client.list(machineConfigs, { labelSelector });
  return undoRollout(asObject, items as unknown as (typeof asObject)[], to);
}
