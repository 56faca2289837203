import { redact } from '@pullpath/diagnostics';
import { providerMethods } from './framework/rpcs.ts';
import { ProviderSession } from './framework/session.ts';
import { readHandshake } from './plugin/handshake.ts';
import { openLog } from './plugin/log.ts';
import { type OpenProvider, serveForDebugging, servePlugin } from './plugin/serve-plugin.ts';
import { providerAddresses } from './provider/address.ts';
import { connect } from './provider/connect.ts';
import { rhcsProvider } from './provider/index.ts';

const log = openLog((line) => process.stderr.write(line), redact);
const provider = rhcsProvider({ env: process.env, connect, log });

main(() => providerMethods(new ProviderSession(provider))).catch((cause: unknown) => {
  process.stderr.write(`${String(cause)}\n`);
  process.exit(1);
});

/** Terraform starts this; by hand it takes `-debug`. */
async function main(open: OpenProvider): Promise<void> {
  if (process.argv.some((word) => word === '-debug' || word === '--debug')) {
    return serveForDebugging(providerAddresses, open);
  }
  const handshake = readHandshake(process.env);
  if (!('refusal' in handshake)) return servePlugin(handshake, open);
  process.stderr.write(`${handshake.refusal}\n`);
  process.exit(1);
}
