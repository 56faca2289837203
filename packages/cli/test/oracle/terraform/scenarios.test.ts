import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostedClusters } from '@pullpath/ocm-api';
import { listImageMirrors, patchImageMirror, patchRegistryConfig } from '@pullpath/ocm-api/client';
import { attachProvider, createAuthority, flatText, type TerraformWorkspace, terraformOrSkip } from '@pullpath/testkit';
import { afterAll, beforeEach, expect, onTestFinished, type TestContext, test } from 'vitest';
import { root } from '../walkthrough/process.ts';
import { everywhere } from './evidence.ts';
import { addMirror, createHostedCluster, pullpath, startWorld, type World } from './world.ts';

let world: World;
let started: World | undefined;

beforeEach(async (context) => {
  terraformOrSkip(context);
  started ??= await startWorld();
  world = started;
}, 60_000);
afterAll(() => started?.stop());

const required = 'terraform {\n  required_providers {\n    rhcs = { source = "terraform-redhat/rhcs" }\n  }\n}\n';

function mirror(
  cluster: string,
  source = 'quay.io/team/app',
  mirrors: readonly string[] = ['m.example.com/app'],
): string {
  return `resource "rhcs_image_mirror" "x" {\n  cluster_id = "${cluster}"\n  source     = "${source}"\n  mirrors    = ${JSON.stringify(mirrors)}\n}\n`;
}

function folder(context: TestContext, config: string, env: Readonly<Record<string, string>> = {}): TerraformWorkspace {
  const workspace = world.workspace(terraformOrSkip(context), env);
  workspace.write('main.tf', required + config);
  return workspace;
}

const auto = ['apply', '-auto-approve'];

test('a change by kubectl is drift that the next apply reverts, everywhere', async (context) => {
  const id = await createHostedCluster(world, 'drift');
  const terraform = folder(context, mirror(id));
  await terraform.run(auto);
  const stranger = [
    { source: 'quay.io/team/app', mirrors: ['evil.example.com/app'] },
    { source: 'quay.io/stray', mirrors: ['m.example.com/stray'] },
  ];
  await world.kube.patch(hostedClusters, { namespace: 'clusters', name: 'drift' }, 'merge', {
    spec: { imageContentSources: stranger },
  });
  expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 2 });
  expect((await terraform.run(auto)).stdout).toContain('0 added, 1 changed, 0 destroyed');
  await everywhere(world, 'drift', id, {
    'quay.io/team/app': ['m.example.com/app'],
    'quay.io/stray': ['m.example.com/stray'],
  });
}, 120_000);

test('a mirror of the REST API is imported, edited by REST, reverted by Terraform, and is on the nodes after each step', async (context) => {
  const id = await createHostedCluster(world, 'adopted');
  const { id: mid } = await addMirror(world, id, {
    source: 'quay.io/team/app',
    mirrors: ['m.example.com/app'],
  });
  await everywhere(world, 'adopted', id, { 'quay.io/team/app': ['m.example.com/app'] });
  const terraform = folder(context, mirror(id));
  expect(flatText((await terraform.run(auto)).stderr)).toContain(
    `terraform import ADDRESS_OF_THIS_RESOURCE ${id}:${mid}`,
  );
  expect(await terraform.run(['import', 'rhcs_image_mirror.x', `${id}:${mid}`])).toMatchObject({ code: 0 });
  expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
  await patchImageMirror(world.ocm, id, mid, { mirrors: ['other.example.com/app'] });
  await everywhere(world, 'adopted', id, { 'quay.io/team/app': ['other.example.com/app'] });
  expect(await terraform.run(auto)).toMatchObject({ code: 0 });
  await everywhere(world, 'adopted', id, { 'quay.io/team/app': ['m.example.com/app'] });
}, 120_000);

test('twenty mirrors of one cluster, applied ten at a time by two runs at once: none is lost', async (context) => {
  const id = await createHostedCluster(world, 'many');
  const many = (name: string) =>
    `resource "rhcs_image_mirror" "x" {\n  count      = 10\n  cluster_id = "${id}"\n  source     = "quay.io/${name}/\${count.index}"\n  mirrors    = ["m.example.com/${name}/\${count.index}"]\n}\n`;
  const runs = ['one', 'two'].map((name) => folder(context, many(name)).run(auto));
  expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0]);
  expect(await listImageMirrors(world.ocm, id)).toHaveLength(20);
}, 120_000);

test('the allow list is judged by the source at plan, and says which pools are rolled', async (context) => {
  const id = await createHostedCluster(world, 'allowed');
  await patchRegistryConfig(world.ocm, id, { registry_sources: { allowed_registries: ['quay.io'] } });
  const inside = flatText((await folder(context, mirror(id)).run(['plan'])).stdout);
  expect(inside).toContain('This change rolls node pool allowed-workers (1 node)');
  expect(inside).toContain('Note: Mirror Is Not On The Allow List');
  const outside = flatText((await folder(context, mirror(id, 'docker.io/library/nginx')).run(['plan'])).stdout);
  expect(outside).toContain('Source Is Not On The Allow List');
}, 120_000);

test('a restart of the server between plan and apply is no matter', async (context) => {
  const id = await createHostedCluster(world, 'restarted');
  const terraform = folder(context, mirror(id));
  expect(await terraform.run(['plan', '-out=plan'])).toMatchObject({ code: 0 });
  await world.restart();
  expect(await terraform.run(['apply', 'plan'])).toMatchObject({ code: 0 });
  expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
}, 120_000);

test('a cluster that is none, and one of another token, are told apart from a good one', async (context) => {
  const id = await createHostedCluster(world, 'mine');
  const other = await createHostedCluster(world, 'theirs');
  const provider = (token: string) => `provider "rhcs" {\n  token = "${token}"\n}\n`;
  const own = provider(world.token('--clusters', id));
  expect(await folder(context, own + mirror(id)).run(auto)).toMatchObject({ code: 0 });
  const foreign = await folder(context, own + mirror(other)).run(auto);
  expect([foreign.code, flatText(foreign.stderr)]).toEqual([
    1,
    expect.stringContaining(`Could not retrieve cluster '${other}': status is 40`),
  ]);
  const missing = await folder(context, mirror('nowhere')).run(auto);
  expect(flatText(missing.stderr)).toContain("Could not retrieve cluster 'nowhere': status is 404");
}, 120_000);

test('the example of a connection: a service account logs in by itself; a wrong secret is one diagnostic without it', async (context) => {
  const terraform = terraformOrSkip(context);
  const id = await createHostedCluster(world, 'account');
  await addMirror(world, id, { source: 'quay.io/team/app', mirrors: ['m.example.com/app'] });
  const account = JSON.parse(pullpath('ocm', 'account', 'create', '--data-dir', world.data, 'terraform')) as Account;
  const provider = await attachProvider();
  onTestFinished(() => provider.close());
  const run = async (secret: string) => {
    const workspace = world.workspace(terraform, {
      ...provider.env,
      TF_VAR_url: world.url,
      TF_VAR_ca_file: join(world.data, 'ca.crt'),
      TF_VAR_cluster_id: id,
      TF_VAR_client_id: account.client_id,
      TF_VAR_client_secret: secret,
    });
    cpSync(join(root, 'examples/terraform/connection'), workspace.directory, { recursive: true });
    return { ...(await workspace.run(auto)), workspace };
  };
  const good = await run(account.client_secret);
  expect(good).toMatchObject({ code: 0 });
  expect(good.workspace.objects()[0]?.attributes['image_mirrors']).toHaveLength(1);
  const wrong = await run('wrong-secret');
  expect([wrong.code, flatText(wrong.stderr)]).toEqual([1, expect.stringContaining("can't get access token: ")]);
  expect(wrong.stderr + wrong.stdout).not.toContain('wrong-secret');
}, 120_000);

interface Account {
  readonly client_id: string;
  readonly client_secret: string;
}

test('a server of an authority that nobody trusts is one diagnostic that says what to do; insecure takes it', async (context) => {
  const id = await createHostedCluster(world, 'tls');
  const list = `data "rhcs_image_mirrors" "d" {\n  provider   = rhcs.tls\n  cluster_id = "${id}"\n}\n`;
  const block = (more: string) => `provider "rhcs" {\n  alias = "tls"\n${more}}\n`;
  const wrong = join(world.directory, 'wrong.crt');
  writeFileSync(wrong, createAuthority().certificate);
  const untrusted = await folder(context, block(`  trusted_cas = file("${wrong}")\n`) + list).run(['plan']);
  expect(flatText(untrusted.stderr)).toContain('certificate signed by unknown authority');
  expect(untrusted.stderr.match(/Error:/g)).toHaveLength(1);
  expect(
    await folder(context, block(`  trusted_cas = file("${wrong}")\n  insecure    = true\n`) + list).run(['plan']),
  ).toMatchObject({ code: 0 });
  writeFileSync(wrong, 'junk');
  const junk = await folder(context, block(`  trusted_cas = file("${wrong}")\n`) + list).run(['plan']);
  expect(flatText(junk.stderr)).toContain("the value of 'trusted_cas' doesn't contain any certificate");
}, 120_000);

test('a port where nobody listens is one diagnostic', async (context) => {
  const block = 'provider "rhcs" {\n  alias = "away"\n  url   = "http://127.0.0.1:9"\n}\n';
  const list = 'data "rhcs_image_mirrors" "d" {\n  provider   = rhcs.away\n  cluster_id = "x"\n}\n';
  const { code, stderr } = await folder(context, block + list).run(['plan']);
  expect([code, stderr.match(/Error:/g)?.length]).toEqual([1, 1]);
  expect(flatText(stderr)).toContain("can't send request");
});
