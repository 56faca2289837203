import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTerraform, terraformOrSkip } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { terraformPlatform } from '../../src/install/platform.ts';
import { fakeToken, hostedCluster, startFakeOcm } from '../support/fake-ocm.ts';

const build = join(import.meta.dirname, '../../../../tools/build-provider.ts');

test('the packaged executable, from the zip of its filesystem mirror, applies without any Node on PATH', async (context) => {
  const terraform = terraformOrSkip(context);
  const out = mkdtempSync(join(tmpdir(), 'pullpath-package-'));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  execFileSync(process.execPath, ['--conditions=pullpath-source', build, out], { stdio: 'pipe' });
  expect(sumsOf(out)).toEqual(listed(out));

  const ocm = await startFakeOcm(hostedCluster('hcp'));
  onTestFinished(() => ocm.close());
  writeFileSync(
    join(out, 'rc'),
    `provider_installation {\n  filesystem_mirror {\n    path = "${out}/mirror"\n  }\n}\n`,
  );
  const env = { TF_CLI_CONFIG_FILE: join(out, 'rc'), RHCS_URL: ocm.url, RHCS_TOKEN: fakeToken(), PATH: '/nowhere' };
  const workspace = openTerraform(terraform, env);
  onTestFinished(() => workspace.remove());
  workspace.write(
    'main.tf',
    'terraform {\n  required_providers {\n    rhcs = { source = "registry.terraform.io/terraform-redhat/rhcs" }\n  }\n}\nresource "rhcs_image_mirror" "x" {\n  cluster_id = "hcp"\n  source     = "quay.io/a"\n  mirrors    = ["m.io/a"]\n}\n',
  );
  expect(await workspace.run(['init'])).toMatchObject({ code: 0 });
  expect(await workspace.run(['apply', '-auto-approve'])).toMatchObject({ code: 0 });
  expect(ocm.mirrors.get('hcp')).toHaveLength(1);
}, 120_000);

const name = 'terraform-provider-rhcs_1.7.2';

function listed(out: string): Record<string, string> {
  const lines = readFileSync(join(out, `${name}_SHA256SUMS`), 'utf8')
    .trimEnd()
    .split('\n');
  return Object.fromEntries(lines.map((line) => line.split('  ').reverse()));
}

function sumsOf(out: string): Record<string, string> {
  const zip = `mirror/registry.terraform.io/terraform-redhat/rhcs/${name}_${terraformPlatform()}.zip`;
  const files = [zip, `${name}_manifest.json`];
  return Object.fromEntries(files.map((file) => [file.split('/').at(-1)!, sha256(join(out, file))]));
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
