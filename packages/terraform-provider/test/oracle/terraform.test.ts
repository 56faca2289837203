import { existsSync, readFileSync } from 'node:fs';
import { flatText } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { terraformPlatform } from '../../src/install/platform.ts';
import { hostedCluster } from '../support/fake-ocm.ts';
import { attachedWorld, installedWorld } from '../support/terraform.ts';

const mirror = `resource "rhcs_image_mirror" "x" {
  cluster_id = "hcp"
  source     = "docker.io/library/nginx"
  mirrors    = ["quay.io/my-org/nginx"]
}
`;

test('init, validate, plan, apply, plan without changes, destroy; the provider process of each is gone', async (context) => {
  const { terraform, ocm } = await installedWorld(context, hostedCluster('hcp'));
  terraform.write('main.tf', mirror);
  expect(await terraform.run(['init'])).toMatchObject({ code: 0 });
  expect(readFileSync(`${terraform.directory}/.terraform.lock.hcl`, 'utf8')).toContain('version = "1.7.2"');
  for (const command of [['validate'], ['plan'], ['apply', '-auto-approve'], ['plan', '-detailed-exitcode']]) {
    expect(await terraform.run(command), command.join(' ')).toMatchObject({ code: 0 });
  }
  expect(terraform.objects()[0]?.attributes['id']).toBe(ocm.mirrors.get('hcp')![0]!.id);
  expect(await terraform.run(['destroy', '-auto-approve'])).toMatchObject({ code: 0 });
  expect(ocm.mirrors.get('hcp')).toEqual([]);
}, 60_000);

test('a folder of development overrides is used without init', async (context) => {
  const { terraform, plugins } = await installedWorld(context, hostedCluster('hcp'));
  terraform.write('main.tf', mirror);
  const folder = `${plugins}/registry.terraform.io/terraform-redhat/rhcs/1.7.2/${terraformPlatform()}`;
  terraform.write(
    'rc',
    `provider_installation {\n  dev_overrides {\n    "terraform-redhat/rhcs" = "${folder}"\n  }\n  direct {}\n}\n`,
  );
  const env = { TF_CLI_CONFIG_FILE: `${terraform.directory}/rc` };
  for (const command of [
    ['validate'],
    ['apply', '-auto-approve'],
    ['plan', '-detailed-exitcode'],
    ['destroy', '-auto-approve'],
  ]) {
    expect(await terraform.run(command, env), command.join(' ')).toMatchObject({ code: 0 });
  }
}, 60_000);

test('a package that changed after init is refused', async (context) => {
  const { terraform } = await installedWorld(context, hostedCluster('hcp'));
  terraform.write('main.tf', mirror);
  await terraform.run(['init']);
  const lock = `${terraform.directory}/.terraform.lock.hcl`;
  const wrong = readFileSync(lock, 'utf8').replace(/h1:[^"]{5}/, 'h1:AAAAA');
  terraform.write('.terraform.lock.hcl', wrong);
  const { code, stderr } = await terraform.run(['init']);
  expect([code, flatText(stderr)]).toEqual([1, expect.stringContaining("doesn't match any of the checksums")]);
}, 60_000);

test('without TLS between Terraform and the provider all works as with it', async (context) => {
  const { terraform } = await installedWorld(context, hostedCluster('hcp'));
  terraform.write('main.tf', mirror);
  await terraform.run(['init']);
  expect(await terraform.run(['apply', '-auto-approve'], { TF_DISABLE_PLUGIN_TLS: '1' })).toMatchObject({ code: 0 });
}, 60_000);

test('no token is in any log, whatever Terraform logs', async (context) => {
  const { terraform, token, ocm } = await installedWorld(context, hostedCluster('hcp'));
  terraform.write('main.tf', mirror);
  await terraform.run(['init']);
  ocm.fail({ method: 'POST', path: /image_mirrors$/, status: 500 });
  const results = [
    await terraform.run(['apply', '-auto-approve'], { TF_LOG: 'TRACE' }),
    await terraform.run(['apply', '-auto-approve'], { TF_LOG: 'TRACE' }),
  ];
  const text = results.map(({ stdout, stderr }) => stdout + stderr).join('');
  expect(text).toContain('provider.terraform-provider-rhcs');
  expect(text).toContain('/api/clusters_mgmt/v1/clusters/hcp/image_mirrors');
  expect(text).not.toContain(token);
  expect(text).not.toContain(token.split('.')[1]);
}, 60_000);

test('twenty plans on one attached process are quick and leave nothing open', async (context) => {
  const { terraform, provider } = await attachedWorld(context, hostedCluster('hcp'));
  terraform.write('main.tf', mirror);
  await terraform.run(['apply', '-auto-approve']);
  const open = () => descriptors(provider.pid);
  await terraform.run(['plan']);
  const before = open();
  for (let run = 0; run < 20; run++)
    expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
  expect(open()).toBeLessThanOrEqual(before + 4);
}, 60_000);

function descriptors(pid: number): number {
  return existsSync(`/proc/${pid}/fd`)
    ? Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/FDSize:\s+(\d+)/)?.[1])
    : 0;
}

test('protocol 5 gives the same plan and state as protocol 6', async (context) => {
  const { terraform, provider, ocm } = await attachedWorld(context, hostedCluster('hcp'));
  const five = {
    TF_REATTACH_PROVIDERS: provider.env['TF_REATTACH_PROVIDERS']!.replace('"ProtocolVersion":6', '"ProtocolVersion":5'),
  };
  terraform.write(
    'main.tf',
    `${mirror}data "rhcs_image_mirrors" "all" {\n  cluster_id = "hcp"\n  depends_on = [rhcs_image_mirror.x]\n}\n`,
  );
  const plans = [(await terraform.run(['plan'])).stdout, (await terraform.run(['plan'], five)).stdout];
  expect(plans[1]).toBe(plans[0]);
  await terraform.run(['apply', '-auto-approve'], five);
  const state = terraform.objects();
  expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
  expect(await terraform.run(['plan', '-detailed-exitcode'], five)).toMatchObject({ code: 0 });
  await terraform.run(['apply', '-refresh-only', '-auto-approve']);
  expect(terraform.objects()).toEqual(state);
  expect(ocm.mirrors.get('hcp')).toHaveLength(1);
}, 60_000);

test('what is only known after apply is planned so, and filled by apply', async (context) => {
  const { terraform } = await attachedWorld(context, hostedCluster('hcp'));
  terraform.write(
    'main.tf',
    `resource "terraform_data" "late" {\n  input = "hcp"\n}\nresource "rhcs_image_mirror" "x" {\n  cluster_id = terraform_data.late.output\n  source     = "quay.io/\${terraform_data.late.output}"\n  mirrors    = ["m.io/a", "m.io/\${terraform_data.late.output}"]\n}\n`,
  );
  expect((await terraform.run(['plan'])).stdout).toMatch(/source\s+= \(known after apply\)/);
  expect(await terraform.run(['apply', '-auto-approve'])).toMatchObject({ code: 0 });
  expect(terraform.objects().find(({ type }) => type === 'rhcs_image_mirror')?.attributes).toMatchObject({
    cluster_id: 'hcp',
    source: 'quay.io/hcp',
    mirrors: ['m.io/a', 'm.io/hcp'],
  });
});

test('an import block with generated configuration applies without a change', async (context) => {
  const { terraform, ocm } = await attachedWorld(context, hostedCluster('hcp'));
  ocm.mirrors.set('hcp', [
    {
      id: 'm1',
      type: 'digest',
      source: 'quay.io/a',
      mirrors: ['m.io/a', 'n.io/a'],
      creation_timestamp: '2024-01-01T00:00:00Z',
      last_update_timestamp: '2024-01-01T00:00:00Z',
    },
  ]);
  terraform.write('main.tf', 'import {\n  to = rhcs_image_mirror.x\n  id = "hcp:m1"\n}\n');
  expect(await terraform.run(['plan', '-generate-config-out=generated.tf'])).toMatchObject({ code: 0 });
  expect(readFileSync(`${terraform.directory}/generated.tf`, 'utf8')).toContain('mirrors    = ["m.io/a", "n.io/a"]');
  expect((await terraform.run(['apply', '-auto-approve'])).stdout).toContain(
    '1 imported, 0 added, 0 changed, 0 destroyed',
  );
  expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
});

test('create_before_destroy on an unchanged source is refused with an explanation', async (context) => {
  const { terraform } = await attachedWorld(context, hostedCluster('hcp'));
  const kept = mirror.replace(
    '}\n',
    '  lifecycle {\n    create_before_destroy = true\n    replace_triggered_by  = [terraform_data.again]\n  }\n}\n',
  );
  const trigger = (value: number) => `resource "terraform_data" "again" {\n  input = ${value}\n}\n`;
  terraform.write('main.tf', kept + trigger(1));
  await terraform.run(['apply', '-auto-approve']);
  terraform.write('main.tf', kept + trigger(2));
  const { code, stderr } = await terraform.run(['apply', '-auto-approve']);
  expect([code, flatText(stderr)]).toEqual([
    1,
    expect.stringContaining('With create_before_destroy the old mirror is still there'),
  ]);
});

test('two provider blocks on one attached process keep their own connections', async (context) => {
  const { terraform, ocm, token } = await attachedWorld(context, hostedCluster('hcp'));
  terraform.write(
    'main.tf',
    `provider "rhcs" {\n  alias = "other"\n  url   = "http://127.0.0.1:9"\n  token = "${token}"\n}\n${mirror}data "rhcs_image_mirrors" "d" {\n  provider   = rhcs.other\n  cluster_id = "hcp"\n}\n`,
  );
  const { code, stderr } = await terraform.run(['plan']);
  expect([code, flatText(stderr)]).toEqual([1, expect.stringContaining('127.0.0.1:9')]);
  expect(ocm.requests).toEqual([]);
});

test('a provider block that is only known after apply plans creations, and says what is missing where a call is needed', async (context) => {
  const { terraform, ocm, token } = await attachedWorld(context, hostedCluster('hcp'));
  const late = `resource "terraform_data" "late" {\n  input = "${ocm.url}"\n}\nprovider "rhcs" {\n  url   = terraform_data.late.output\n  token = "${token}"\n}\n`;
  terraform.write('main.tf', late + mirror);
  expect(await terraform.run(['plan'])).toMatchObject({ code: 0 });
  terraform.write('main.tf', `${late}${mirror}data "rhcs_image_mirrors" "d" {\n  cluster_id = "hcp"\n}\n`);
  expect(flatText((await terraform.run(['plan'])).stderr)).toContain(
    'The provider cannot connect yet: url in its provider block',
  );
  terraform.write('main.tf', late + mirror);
  expect(await terraform.run(['apply', '-auto-approve'])).toMatchObject({ code: 0 });
});
