import type { BoardNode, BoardPool, RolloutBoard } from './rollout-board.ts';
import { aligned, type Cells, shown } from './text-table.ts';

export interface FormatBoardOptions {
  /** Every node; else those that are not done, and as many others as fit. */
  readonly verbose?: boolean | undefined;
}

const mostNodes = 40;

/** A board for people: a line for each pool, what holds it, a line for each node. Ends with a newline. */
export function formatBoard({ pools }: RolloutBoard, { verbose = false }: FormatBoardOptions = {}): string {
  if (pools.length === 0) return 'there are no pools\n';
  const messages = pools.filter(({ message }) => message !== '').map(({ name, message }) => `${name}: ${message}`);
  const nodes = pools.flatMap((pool) => pool.nodes.map((node) => ({ pool, node }))).sort(unfinishedFirst);
  const rows = shown(nodes, verbose ? nodes.length : mostNodes, nodeCells, 'nodes');
  const parts = [
    aligned([poolHeader, ...pools.map(poolCells)]),
    messages,
    nodes.length === 0 ? [] : aligned([nodeHeader, ...rows]),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const poolHeader: Cells = ['POOL', 'STATE', 'CONFIG', 'NODES', 'UPDATED', 'UNAVAILABLE', 'DEGRADED'];
const nodeHeader: Cells = ['NODE', 'POOL', 'PHASE', 'CONFIG', 'DRIFT', 'REASON'];

function poolCells(pool: BoardPool): Cells {
  const { name, state, currentConfig, targetConfig } = pool;
  const config =
    currentConfig === targetConfig ? short(targetConfig) : `${short(currentConfig)} -> ${short(targetConfig)}`;
  const { machineCount, updatedMachineCount, unavailableMachineCount, degradedMachineCount } = pool;
  const counts = [machineCount, updatedMachineCount, unavailableMachineCount, degradedMachineCount];
  return [name, state, config, ...counts.map(String)];
}

interface Row {
  readonly pool: BoardPool;
  readonly node: BoardNode;
}

function nodeCells({ pool, node }: Row): Cells {
  return [node.name, pool.name, node.phase, short(node.currentConfig), node.drift || '-', node.reason];
}

function unfinishedFirst(one: Row, other: Row): number {
  const rank = ({ node }: Row): number => Number(node.phase === 'Done' && node.drift === '');
  return rank(one) - rank(other);
}

const hashLength = 8;

/** What tells configurations of one pool apart, as far as people need it. */
function short(config: string): string {
  const hash = config.slice(config.lastIndexOf('-') + 1).slice(0, hashLength);
  return hash === '' ? '-' : hash;
}
