// npm run build:provider [-- DIR]: the Terraform provider as others install it, in dist/provider or DIR:
//   terraform-provider-rhcs_VERSION           one executable with Node inside (Node's single executable applications)
//   mirror/HOST/NAMESPACE/TYPE/*.zip          a filesystem mirror for provider_installation
//   *_SHA256SUMS, *_manifest.json             as a provider registry wants them
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { providerAddress, providerVersion, terraformPlatform } from '@pullpath/terraform-provider';
import { bundleProvider } from './bundle-provider.ts';
import { zip } from './zip.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = resolve(process.argv[2] ?? join(root, 'dist/provider'));
const name = 'terraform-provider-rhcs';
const platform = terraformPlatform();
const suffix = process.platform === 'win32' ? '.exe' : '';

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const executable = join(out, `${name}_v${providerVersion}${suffix}`);
await buildExecutable(executable);
const archive = join(out, 'mirror', providerAddress, `${name}_${providerVersion}_${platform}.zip`);
mkdirSync(dirname(archive), { recursive: true });
writeFileSync(archive, zip([{ name: basename(executable), bytes: readFileSync(executable), mode: 0o755 }]));
const manifest = join(out, `${name}_${providerVersion}_manifest.json`);
writeFileSync(
  manifest,
  `${JSON.stringify({ version: 1, metadata: { protocol_versions: ['5.0', '6.0'] } }, null, 2)}\n`,
);
const sums = [archive, manifest].map((file) => `${sha256(file)}  ${basename(file)}\n`);
writeFileSync(join(out, `${name}_${providerVersion}_SHA256SUMS`), sums.join(''));
console.log(`${executable}\n${archive}`);

// The Node of the checkout with the bundle inside and its code cache; see Node's "Single executable applications".
async function buildExecutable(target: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'pullpath-provider-'));
  const [bundle, blob, config] = [join(work, 'main.cjs'), join(work, 'main.blob'), join(work, 'sea.json')];
  await bundleProvider(bundle);
  const options = { main: bundle, output: blob, disableExperimentalSEAWarning: true, useCodeCache: true };
  writeFileSync(config, JSON.stringify(options));
  execFileSync(process.execPath, ['--experimental-sea-config', config], { stdio: 'pipe' });
  copyFileSync(process.execPath, target);
  chmodSync(target, 0o755);
  const fuse = ['--sentinel-fuse', 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'];
  execFileSync(join(root, 'node_modules/.bin/postject'), [target, 'NODE_SEA_BLOB', blob, ...fuse], {
    stdio: 'pipe',
  });
  rmSync(work, { recursive: true });
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
