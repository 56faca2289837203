import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { providerAddresses, providerVersion } from '../provider/address.ts';
import { terraformPlatform } from './platform.ts';

/** How the provider is started on this machine. */
export interface ProviderProgram {
  readonly node: string;
  /** Words between node and the script. */
  readonly options: readonly string[];
  /** The script; one that is whole in itself is copied. */
  readonly script: string;
  readonly isWhole: boolean;
}

/** Where the provider was installed. */
export interface InstalledProvider {
  /** A filesystem mirror. */
  readonly plugins: string;
  /** A CLI configuration that uses it. */
  readonly terraformrc: string;
}

/**
 * Installs the provider for Terraform and OpenTofu on this machine: a filesystem mirror with a launcher, and a CLI
 * configuration that takes this provider from there and all others from where they come from.
 */
export function installProvider(directory: string, program: ProviderProgram): InstalledProvider {
  const plugins = join(resolve(directory), 'plugins');
  for (const address of providerAddresses)
    installAt(join(plugins, address, providerVersion, terraformPlatform()), program);
  const terraformrc = join(resolve(directory), 'terraformrc');
  writeFileSync(terraformrc, cliConfiguration(plugins));
  return { plugins, terraformrc };
}

function installAt(directory: string, { node, options, script, isWhole }: ProviderProgram): void {
  mkdirSync(directory, { recursive: true });
  if (isWhole) copyFileSync(script, join(directory, copiedScript));
  const target = isWhole ? `"\${0%/*}/${copiedScript}"` : quoted(script);
  const words = [quoted(node), ...options.map(quoted), target].join(' ');
  // Replaced by node, so that the process which Terraform started is the provider itself.
  const launcher = `#!/bin/sh\nexec ${words} "$@"\n`;
  writeFileSync(join(directory, `terraform-provider-rhcs_v${providerVersion}`), launcher, { mode: 0o755 });
}

const copiedScript = 'provider.cjs';

function cliConfiguration(plugins: string): string {
  const names = providerAddresses.map((address) => JSON.stringify(address)).join(', ');
  const path = JSON.stringify(plugins).replaceAll('${', '$${').replaceAll('%{', '%%{');
  return `provider_installation {
  filesystem_mirror {
    path    = ${path}
    include = [${names}]
  }
  direct {
    exclude = [${names}]
  }
}
`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
