import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installProvider } from '../../src/install/install-provider.ts';
import { terraformPlatform } from '../../src/install/platform.ts';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), "pullpath it's %{a} "));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test.each([
  ['linux', 'x64', 'linux_amd64'],
  ['darwin', 'arm64', 'darwin_arm64'],
  ['win32', 'ia32', 'windows_386'],
])('%s on %s is %s', (platform, arch, name) => {
  expect(terraformPlatform(platform, arch)).toBe(name);
});

test('the launcher is an executable that becomes the provider, in folders of any name', () => {
  const directory = folder();
  const script = join(directory, 'main.mjs');
  writeFileSync(script, 'console.log(JSON.stringify([process.ppid, process.argv.slice(2)]));');
  const { plugins } = installProvider(join(directory, 'out'), {
    node: process.execPath,
    options: [],
    script,
    isWhole: true,
  });
  const launcher = join(
    plugins,
    'registry.terraform.io/terraform-redhat/rhcs/1.7.2',
    terraformPlatform(),
    'terraform-provider-rhcs_v1.7.2',
  );
  expect(statSync(launcher).mode & 0o777).toBe(0o755);
  expect(JSON.parse(execFileSync(launcher, ['-debug', 'a b'], { encoding: 'utf8' }))).toEqual([
    process.pid,
    ['-debug', 'a b'],
  ]);
});

test('the CLI configuration takes the provider from the mirror for Terraform and OpenTofu, and all else directly', () => {
  const directory = folder();
  const { terraformrc, plugins } = installProvider(directory, {
    node: 'node',
    options: [],
    script: 'x.ts',
    isWhole: false,
  });
  const text = readFileSync(terraformrc, 'utf8');
  expect(text).toContain(`path    = ${JSON.stringify(plugins).replace('%{a}', '%%{a}')}`);
  expect(text.match(/registry\.(terraform\.io|opentofu\.org)\/terraform-redhat\/rhcs/g)).toHaveLength(4);
});

test('installing again replaces what is there', () => {
  const directory = folder();
  const program = { node: 'node', options: [], script: 'x.ts', isWhole: false };
  installProvider(directory, program);
  mkdirSync(join(directory, 'plugins', 'other'), { recursive: true });
  expect(installProvider(directory, program).terraformrc).toBe(join(directory, 'terraformrc'));
  expect(spawnSync('ls', [join(directory, 'plugins')], { encoding: 'utf8' }).stdout).toContain('other');
});
