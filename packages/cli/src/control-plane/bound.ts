import type { Server } from 'node:net';
import { CodedError } from '@pullpath/diagnostics';
import type { Address } from '../input/address.ts';

/** Resolves when a server listens. Rejects with `CodedError` `listen-failed`. */
export function bound(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new CodedError('listen-failed', `cannot listen on ${host}:${port}: ${cause.message}`, {
          hint: 'choose another port, or 0 for any free one',
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
}
