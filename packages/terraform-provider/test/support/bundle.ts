import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type InstalledProvider, installProvider } from '../../src/install/install-provider.ts';

/** The provider of this checkout as `pullpath terraform setup` installs it: one file, in a temporary folder. */
export async function installBundle(): Promise<InstalledProvider & { remove(): void }> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-provider-'));
  const script = join(directory, 'bundle.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../../src/main.ts')],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    conditions: ['pullpath-source'],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'warning',
  });
  const installed = installProvider(directory, { node: process.execPath, options: [], script, isWhole: true });
  return { ...installed, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
