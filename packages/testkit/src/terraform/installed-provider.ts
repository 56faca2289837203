import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InstalledProvider, installProvider } from '@pullpath/terraform-provider';

/** The provider of this checkout, installed as `pullpath terraform setup` installs it, running from its sources. */
export interface ProviderInstallation extends InstalledProvider {
  /** What Terraform needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

const script = join(import.meta.dirname, '../../../terraform-provider/src/main.ts');

/** Installs the provider in a temporary folder. */
export function installFromSources(): ProviderInstallation {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-provider-'));
  const program = { node: process.execPath, options: ['--conditions=pullpath-source'], script, isWhole: false };
  const installed = installProvider(directory, program);
  return {
    ...installed,
    env: { TF_CLI_CONFIG_FILE: installed.terraformrc },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
