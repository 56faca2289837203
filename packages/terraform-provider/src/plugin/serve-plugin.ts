import { createPluginCertificate } from './certificate.ts';
import type { UnaryHandler } from './grpc.ts';
import { type Handshake, handshakeLine } from './handshake.ts';
import { endOnSignal, endWithParent } from './lifetime.ts';
import { listen } from './listen.ts';
import { pluginMethods } from './services.ts';

/** Opens one instance of the provider: its RPCs by gRPC path, for both protocols. */
export type OpenProvider = () => ReadonlyMap<string, UnaryHandler>;

/** Serves core until it asks to stop or is gone. */
export async function servePlugin({ protocol, clientCertificate }: Handshake, open: OpenProvider): Promise<void> {
  const own = clientCertificate === undefined ? undefined : createPluginCertificate();
  const tls = own === undefined || clientCertificate === undefined ? undefined : { own, client: clientCertificate };
  const methods = pluginMethods(open(), end);
  const listener = await listen(() => methods, tls);
  function end(): never {
    listener.close();
    process.exit(0);
  }
  endWithParent(end);
  process.stdout.write(handshakeLine(protocol, listener.address, own?.der));
}

/**
 * Serves any number of Terraform commands without TLS; prints the variable by which they find it. Each connection has an
 * instance of its own, so commands, and aliases of the provider, cannot see each other's configuration.
 */
export async function serveForDebugging(addresses: readonly string[], open: OpenProvider): Promise<void> {
  const listener = await listen(() => pluginMethods(open(), () => {}), undefined);
  endOnSignal(() => {
    listener.close();
    process.exit(0);
  });
  const { network, address: path } = listener.address;
  const entry = {
    Protocol: 'grpc',
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: network, String: path },
  };
  const entries = Object.fromEntries(addresses.map((name) => [name, entry]));
  process.stdout.write(`${attachHint}\n\n\tTF_REATTACH_PROVIDERS='${JSON.stringify(entries)}'\n`);
}

const attachHint =
  'Provider started. To attach Terraform CLI, set the TF_REATTACH_PROVIDERS environment variable with the following:';
