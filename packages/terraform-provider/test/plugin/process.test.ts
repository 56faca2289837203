import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createPluginCertificate } from '../../src/plugin/certificate.ts';
import { emptyMessage, schemaResponse } from '../../src/wire/messages.ts';
import {
  callRaw,
  callRpc,
  connectPlugin,
  coreEnvironment,
  type PluginOptions,
  type PluginProcess,
  startPlugin,
} from '../support/plugin-process.ts';

const schemaCall = [emptyMessage, schemaResponse] as const;

async function plugin(options: PluginOptions = {}): Promise<PluginProcess> {
  const started = await startPlugin(options);
  onTestFinished(() => void started.child.kill('SIGKILL'));
  return started;
}

test('the handshake line names the highest common protocol, a socket and a certificate without padding', async () => {
  const { line } = await plugin();
  expect(line.slice(0, 3)).toEqual(['1', '6', 'unix']);
  expect(existsSync(line[3]!)).toBe(true);
  expect(line[4]).toBe('grpc');
  expect(line[5]).toMatch(/^[A-Za-z0-9+/]{300,}$/);
});

test.each([
  ['6', '/tfplugin6.Provider/GetProviderSchema'],
  ['5', '/tfplugin5.Provider/GetSchema'],
])('protocol %s answers its schema over mutual TLS', async (protocol, path) => {
  const started = await plugin({ env: { PLUGIN_PROTOCOL_VERSIONS: protocol } });
  expect(started.line[1]).toBe(protocol);
  const session = connectPlugin(started);
  const { resourceSchemas } = await callRpc(session, path, schemaCall, {});
  expect([...resourceSchemas.keys()]).toContain('rhcs_image_mirror');
  session.close();
});

test('without TLS the certificate is empty and calls work', async () => {
  const started = await plugin({ tls: false });
  expect(started.line[5]).toBe('');
  const session = connectPlugin(started);
  await callRpc(session, '/tfplugin6.Provider/GetProviderSchema', schemaCall, {});
  session.close();
});

test.each([
  ['no certificate', null],
  ['another certificate', createPluginCertificate()],
])('a client with %s is refused', async (_, certificate) => {
  const session = connectPlugin(await plugin(), certificate);
  const call = callRpc(session, '/tfplugin6.Provider/GetProviderSchema', schemaCall, {});
  await expect(call).rejects.toThrow();
});

test('started by hand it says what it is and ends with 1', async () => {
  const { line, stderr, exited } = await plugin({ env: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
  expect([await exited, line, stderr()]).toEqual([1, [], expect.stringContaining('This is a Terraform provider')]);
});

test('a Terraform that offers none of its protocols is told so', async () => {
  const { stderr, exited } = await plugin({ env: { PLUGIN_PROTOCOL_VERSIONS: '7' } });
  expect([await exited, stderr()]).toEqual([1, expect.stringContaining('speaks plug-in protocols 5 and 6')]);
});

test('Shutdown is answered, then the process ends by itself, and its socket is gone', async () => {
  const started = await plugin();
  const session = connectPlugin(started);
  const answer = await callRaw(session, '/plugin.GRPCController/Shutdown', Buffer.alloc(5));
  expect(answer.status).toBe('0');
  expect(await started.exited).toBe(0);
  expect(existsSync(started.line[3]!)).toBe(false);
});

test('SIGINT is left to core, SIGTERM ends the process and removes the socket', async () => {
  const { child, line, exited } = await plugin();
  child.kill('SIGINT');
  await sleep(200);
  expect(child.exitCode).toBe(null);
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  expect(existsSync(line[3]!)).toBe(false);
});

test('an unknown method is UNIMPLEMENTED and a broken message an error of its call only', async () => {
  const session = connectPlugin(await plugin());
  expect(await callRaw(session, '/tfplugin6.Provider/GetFunctions', Buffer.alloc(5))).toMatchObject({ status: '12' });
  const truncated = Buffer.from([0, 0, 0, 0, 9, 1]);
  expect(await callRaw(session, '/tfplugin6.Provider/ReadResource', truncated)).toMatchObject({ status: '13' });
  const compressed = Buffer.from([1, 0, 0, 0, 0]);
  expect(await callRaw(session, '/tfplugin6.Provider/ReadResource', compressed)).toMatchObject({ status: '13' });
  await callRpc(session, '/tfplugin6.Provider/GetProviderSchema', schemaCall, {});
  session.close();
});

test('a provider whose core was killed ends by itself', async () => {
  const main = join(import.meta.dirname, '../../src/main.ts');
  const script = `"${process.execPath}" --conditions=pullpath-source "${main}" & echo $!; wait`;
  const core = spawn('sh', ['-c', script], {
    env: { ...process.env, ...coreEnvironment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const said = await new Promise<string>((resolve) => {
    let text = '';
    core.stdout.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('|grpc|')) resolve(text);
    });
  });
  const pid = Number(said.split('\n')[0]);
  expect(isRunning(pid)).toBe(true);
  core.kill('SIGKILL');
  await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
});

// A killed process stays as a zombie where nothing reaps orphans; that one runs no more.
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
