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
  if (effect?.kind === 'reset') {
    response.destroy();
    return;
  }
  const sent = effect?.kind === 'answer' ? answer(effect.status, effect.body ?? '', effect.headers) : planned;
  const body = effect?.kind === 'corrupt' ? Buffer.from(sent.body).fill(0x20, 0, 1) : sent.body;
  response.writeHead(sent.status, { ...sent.headers, 'content-length': body.length });
  if (method === 'HEAD') response.end();
  else sendBody(response, body, effect?.kind);
}

function sendBody(response: ServerResponse, body: Buffer, kind: FaultEffect['kind'] | undefined): void {
  if (kind === 'stall') response.flushHeaders();
  else if (kind === 'truncate') response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
  else response.end(body);
}
