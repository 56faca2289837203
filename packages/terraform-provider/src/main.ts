import { providerMethods } from './framework/rpcs.ts';
import { ProviderSession } from './framework/session.ts';
import { readHandshake } from './plugin/handshake.ts';
import { openLog } from './plugin/log.ts';
import { serveForDebugging, servePlugin } from './plugin/serve-plugin.ts';
import { providerAddress } from './provider/address.ts';
import { connect } from './provider/connect.ts';
import { rhcsProvider } from './provider/index.ts';

const log = openLog(
  (line) => process.stderr.write(line),
  (text) => text,
);
const provider = rhcsProvider({ env: process.env, connect, log });
const openSession = () => providerMethods(new ProviderSession(provider));

if (process.argv.includes('-debug') || process.argv.includes('--debug')) {
  await serveForDebugging(providerAddress, openSession);
} else {
  const handshake = readHandshake(process.env);
  if ('refusal' in handshake) {
    process.stderr.write(`${handshake.refusal}\n`);
    process.exit(1);
  }
  await servePlugin(handshake, openSession);
}
