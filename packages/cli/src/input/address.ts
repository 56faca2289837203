import { UsageError } from '../usage-error.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port`, `[ipv6]:port` or a port on 127.0.0.1. Throws `UsageError`, which names the flag. */
export function parseAddress(text: string, flag = '--listen'): Address {
  const colon = text.lastIndexOf(':');
  const host = colon < 0 ? '127.0.0.1' : text.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  const port = text.slice(colon + 1);
  if (host === '' || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`${flag} takes host:port or a port, not ${JSON.stringify(text)}`);
  }
  return { host, port: Number(port) };
}
