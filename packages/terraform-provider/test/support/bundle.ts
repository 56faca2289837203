import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProvider } from '../../../../tools/bundle-provider.ts';
import { type InstalledProvider, installProvider } from '../../src/install/install-provider.ts';

/** The provider of this checkout as `pullpath terraform setup` installs it: one file, in a temporary folder. */
export async function installBundle(): Promise<InstalledProvider & { remove(): void }> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-provider-'));
  const script = join(directory, 'bundle.cjs');
  await bundleProvider(script);
  const installed = installProvider(directory, { node: process.execPath, options: [], script, isWhole: true });
  return { ...installed, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
