import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, answer } from './answer.ts';
import type { FaultEffect } from './options.ts';

/** Sends the answer, spoiled as the fault says. HEAD gets the headers alone. */
export async function deliver(
  response: ServerResponse,
  method: string,
  planned: Answer,
  effect: FaultEffect | undefined,
): Promise<void> {
  if (effect?.kind === 'delay') await wait(effect.ms);
  if (effect?.kind === 'reset') return void response.destroy();
  const sent = effect?.kind === 'answer' ? answer(effect.status, effect.body ?? '', effect.headers) : planned;
  const body = effect?.kind === 'corrupt' ? Buffer.from(sent.body).fill(0x20, 0, 1) : sent.body;
  response.writeHead(sent.status, { ...sent.headers, 'content-length': body.length });
  if (method === 'HEAD') return void response.end();
  if (effect?.kind === 'stall') return void response.flushHeaders();
  if (effect?.kind !== 'truncate') return void response.end(body);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}
