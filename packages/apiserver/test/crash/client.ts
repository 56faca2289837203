import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { adminOf } from './server-process.ts';

export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every kind.
  readonly body: any;
}

/** The administrator of a server, over kept connections; what it asks fails when the server is killed. */
export interface Client {
  ask(method: string, path: string, body?: object): Promise<Answer>;
  open(path: string): Promise<IncomingMessage>;
  close(): void;
}

export function clientOf(url: string, directory: string): Client {
  const agent = new Agent({ keepAlive: true, ...adminOf(directory) });
  const send = (method: string, path: string, body?: object): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json' };
      request(`${url}${path}`, { method, agent, headers }, resolve)
        .on('error', reject)
        .end(body && JSON.stringify(body));
    });
  return {
    open: (path) => send('GET', path),
    close: () => agent.destroy(),
    async ask(method, path, body) {
      const answer = await send(method, path, body);
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      return { status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) };
    },
  };
}
