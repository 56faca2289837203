import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectOcm, createCluster, listClusters, type OcmClient } from '@pullpath/ocm-api/client';
import { attachProvider, findTerraform, openTerraform, type TerraformWorkspace } from '@pullpath/testkit';
import type { Bench, BenchLine } from './bench.ts';

const root = dirname(import.meta.dirname);
const clusters = 50;
const sources = 20;
// As many sources as a HostedCluster may have, nearly, with four mirrors each.
const manySources = 250;
const mirrorsEach = 4;

/** Mirrors of a fleet through the real Terraform, an attached provider and `pullpath serve`; one run of each. */
export const terraformFleet: Bench = {
  name: 'terraform-fleet',
  async run() {
    const program = findTerraform();
    if (program === undefined) throw new Error('neither terraform nor tofu is at hand');
    const directory = mkdtempSync(join(tmpdir(), 'pullpath-bench-'));
    const server = await startServer(directory);
    const { url, ca, token } = server;
    const provider = await attachProvider({ RHCS_URL: url, RHCS_TRUSTED_CAS: ca, RHCS_TOKEN: token });
    const terraform = openTerraform(program, provider.env);
    const client = connectOcm({ url, trustedCas: ca, tokens: [token] });
    try {
      const [alone = '', ...fleet] = await createClusters(client);
      return [...(await fleetLines(terraform, fleet)), await manyLine(terraform, alone)];
    } finally {
      provider.close();
      client.close();
      terraform.remove();
      server.process.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

interface Server {
  readonly process: ChildProcess;
  readonly url: string;
  readonly ca: string;
  readonly token: string;
}

async function startServer(directory: string): Promise<Server> {
  const pullpath = join(root, 'pullpath');
  const args = ['serve', '--data-dir', directory, '--workers', '0', '--ocm-listen', '127.0.0.1:0'];
  const process = spawn(pullpath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: process.stdout })) {
    const [, url, ca] = /^ocm (\S+) ca (\S+)$/.exec(line) ?? [];
    if (url === undefined || ca === undefined) continue;
    const { stdout } = spawnSync(pullpath, ['ocm', 'token', 'create', '--data-dir', directory, '--ttl', '1h']);
    return { process, url, ca: readFileSync(ca, 'utf8'), token: stdout.toString().trim() };
  }
  throw new Error('pullpath serve ended');
}

// Without nodes: what is measured is the way to the HostedClusters.
async function createClusters(client: OcmClient): Promise<string[]> {
  const names = Array.from({ length: clusters + 1 }, (_, at) => `fleet-${at}`);
  for (const name of names) await createCluster(client, { name, nodes: { compute: 0 } });
  for (;;) {
    const ready = await listClusters(client, { search: "state = 'ready'" });
    if (ready.length === names.length) return ready.map(({ id }) => id);
    await sleep(200);
  }
}

async function fleetLines(terraform: TerraformWorkspace, ids: readonly string[]): Promise<BenchLine[]> {
  terraform.write('main.tf', fleetConfig(ids));
  const what = `terraform: ${clusters} clusters x ${sources} sources`;
  const apply = await timeOf(terraform, ['apply', '-auto-approve', '-parallelism=20']);
  const plan = await timeOf(terraform, ['plan', '-detailed-exitcode', '-parallelism=20']);
  return [limited(`${what}: apply`, apply, 30), limited(`${what}: plan without changes`, plan, 5)];
}

async function manyLine(terraform: TerraformWorkspace, id: string): Promise<BenchLine> {
  terraform.write(
    'many.tf',
    `resource "rhcs_image_mirror_set" "x" {\n  cluster_id = "${id}"\n  mirrors    = ${manyMirrors()}\n}\n`,
  );
  const apply = await timeOf(terraform, ['apply', '-auto-approve', '-target=rhcs_image_mirror_set.x']);
  const count = (manySources * mirrorsEach).toLocaleString('en');
  return { what: `terraform: ${count} mirrors of one cluster: apply`, value: apply, unit: 'ms' };
}

const required = 'terraform {\n  required_providers {\n    rhcs = { source = "terraform-redhat/rhcs" }\n  }\n}\n';

function fleetConfig(ids: readonly string[]): string {
  return `${required}locals {
  pairs = { for pair in setproduct(${JSON.stringify(ids)}, range(${sources})) : "\${pair[0]}|\${pair[1]}" => pair }
}
resource "rhcs_image_mirror" "x" {
  for_each   = local.pairs
  cluster_id = each.value[0]
  source     = "quay.io/team/app\${each.value[1]}"
  mirrors    = ["m.example.com/app\${each.value[1]}"]
}
`;
}

function manyMirrors(): string {
  return `{ for at in range(${manySources}) : "quay.io/team/app\${at}" => [for m in range(${mirrorsEach}) : "m\${m}.example.com/app\${at}"] }`;
}

/** Milliseconds of one command, which must succeed. */
async function timeOf(terraform: TerraformWorkspace, args: readonly string[]): Promise<number> {
  const start = performance.now();
  const { code, stderr } = await terraform.run(args);
  if (code !== 0) throw new Error(`terraform ${args.join(' ')} gave ${code}: ${stderr.slice(0, 2000)}`);
  return performance.now() - start;
}

function limited(what: string, value: number, limit: number): BenchLine {
  return { what, value, unit: 'ms', goal: { of: 'value', at: 'most', limit: limit * 1000 } };
}
