import { formatBoard, needsAttention, type RolloutBoard } from '@pullpath/pull-config';
import type { StatusFlags } from '../commands/status.ts';
import { whenSignalled } from '../control-plane/signalled.ts';
import { exitCodes } from '../exit-codes.ts';
import { withLiveApi } from '../input/live-api.ts';
import { readBoard, watchBoard } from '../input/live-board.ts';
import { structured } from '../output/structured.ts';

/** `pullpath status`: 1 when a pool is held or degraded, or a node has failed or drifted. */
export async function status(flags: StatusFlags): Promise<number> {
  if (flags.watch) return watch(flags);
  const board = await withLiveApi(flags, async (client) => readBoard(client, flags));
  process.stdout.write(printed(board, flags));
  return needsAttention(board) ? exitCodes.findings : exitCodes.done;
}

const clearScreen = '\u001b[H\u001b[2J\u001b[3J';

async function watch(flags: StatusFlags): Promise<number> {
  const signal = whenSignalled();
  let last = '';
  await withLiveApi(flags, async (client) =>
    watchBoard(
      client,
      flags,
      (board) => {
        const text = printed(board, flags);
        if (text !== last) process.stdout.write(process.stdout.isTTY ? `${clearScreen}${text}` : `${text}\n`);
        last = text;
      },
      signal,
    ),
  );
  return exitCodes.done;
}

function printed(board: RolloutBoard, { output, verbose }: StatusFlags): string {
  return output === 'text' ? formatBoard(board, { verbose }) : structured(board, output);
}
