import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Exchange, startExchangeServer, subsetDifference } from '../../terraform/exchange-server.ts';
import type { Area } from '../run-vectors.ts';
import type { VectorCase } from '../vector-file.ts';

interface Scenario {
  readonly argv: readonly string[];
  readonly exchanges: readonly Exchange[];
  readonly expect: Expectation;
}

interface Expectation {
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly stdoutContains?: readonly string[];
  readonly stderrContains?: readonly string[];
  readonly stdoutJson?: unknown;
}

/** The command line of rosa as its own process, against a server that plays the recorded exchanges. */
export const rosaCli: Area = {
  '': async (_: unknown, __: unknown, { record }: VectorCase) => {
    const { argv, exchanges, expect } = record as unknown as Scenario;
    const server = await startExchangeServer();
    const folder = mkdtempSync(join(tmpdir(), 'pullpath-rosa-'));
    try {
      server.expect(exchanges, true);
      const ended = await runRosa(argv, configFile(folder, server.url));
      const faults = [...faultsOf(expect, ended), ...server.faults()];
      if (faults.length > 0) throw new Error(faults.join('; '));
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  },
};

function configFile(folder: string, url: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ typ: 'Bearer', exp: 4_102_444_800 })}.c2ln`;
  const path = join(folder, 'ocm.json');
  writeFileSync(path, JSON.stringify({ url, token_url: `${url}/token`, access_token: token }));
  return path;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const entry = join(import.meta.dirname, '../../../../cli/src/main.ts');

function runRosa(argv: readonly string[], config: string): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=pullpath-source', entry, 'rosa', ...argv], {
    env: { ...process.env, OCM_CONFIG: config },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

function faultsOf(expect: Expectation, { code, stdout, stderr }: Ended): readonly string[] {
  return [
    ...(expect.exitCode === undefined || expect.exitCode === code ? [] : [`exit code ${code}: ${stderr}`]),
    ...exactFault('stdout', expect.stdout, stdout),
    ...exactFault('stderr', expect.stderr, stderr),
    ...missingParts('stdout', expect.stdoutContains, stdout),
    ...missingParts('stderr', expect.stderrContains, stderr),
    ...(expect.stdoutJson === undefined ? [] : jsonFault(expect.stdoutJson, stdout)),
  ];
}

function exactFault(name: string, wanted: string | undefined, text: string): readonly string[] {
  return wanted === undefined || wanted === text ? [] : [`${name} is ${JSON.stringify(text)}`];
}

function missingParts(name: string, parts: readonly string[] = [], text: string): readonly string[] {
  return parts.filter((part) => !text.includes(part)).map((part) => `${name} lacks "${part}": ${text}`);
}

function jsonFault(wanted: unknown, stdout: string): readonly string[] {
  const difference = subsetDifference(wanted, JSON.parse(stdout), 'stdout');
  return difference === undefined ? [] : [difference];
}
