import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodedError } from '@pullpath/diagnostics';
import { installProvider, type ProviderProgram } from '@pullpath/terraform-provider';
import { exitCodes } from '../exit-codes.ts';

/** `pullpath terraform setup DIR`: installs the provider; stdout is the line that makes a shell use it. */
export function setUpTerraform(directory: string): number {
  if (process.platform === 'win32')
    throw new CodedError('unsupported', 'there is no launcher for Windows', { hint: build });
  const { plugins, terraformrc } = installedAt(directory);
  process.stdout.write(`export TF_CLI_CONFIG_FILE='${terraformrc.replaceAll("'", `'\\''`)}'\n`);
  process.stderr.write(
    `the provider is in ${plugins}; a folder that had another build of it needs "terraform init -upgrade"\n`,
  );
  return exitCodes.done;
}

const build = '"npm run build:provider" makes an executable and a filesystem mirror';

function installedAt(directory: string): ReturnType<typeof installProvider> {
  try {
    return installProvider(directory, providerProgram());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CodedError('file-unwritable', `cannot install the provider in ${directory}: ${why}`, {
      hint: 'name a folder that can be written to',
      cause,
    });
  }
}

// Beside the bundled CLI lies the bundled provider; sources run by type stripping.
function providerProgram(): ProviderProgram {
  const node = process.execPath;
  const bundle = join(import.meta.dirname, 'terraform-provider-rhcs.cjs');
  if (existsSync(bundle)) return { node, options: [], script: bundle, isWhole: true };
  const script = fileURLToPath(import.meta.resolve('@pullpath/terraform-provider/main'));
  const options = script.endsWith('.ts') ? ['--conditions=pullpath-source'] : [];
  return { node, options, script, isWhole: false };
}
