import type { IncomingMessage, ServerResponse } from 'node:http';
import { type IgnitionContext, ignitionHandler } from '@pullpath/controllers';
import { listenTls, type TlsListenOptions } from './tls-listener.ts';

export interface IgnitionListener {
  readonly port: number;
  /** From now on machines get what the controllers have made; before, they are told to ask again. */
  serve(context: IgnitionContext): void;
  readonly close: () => Promise<void>;
}

/** The Ignition endpoint: its address is known before the controllers that need it start. Rejects with `listen-failed`. */
export async function listenForMachines(options: TlsListenOptions): Promise<IgnitionListener> {
  let answer = notYet;
  const { port, close } = await listenTls(options, (request, response) => answer(request, response));
  return {
    port,
    serve: (context) => {
      answer = ignitionHandler(context);
    },
    close,
  };
}

function notYet(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'retry-after': '1' }).end('not ready\n');
}
