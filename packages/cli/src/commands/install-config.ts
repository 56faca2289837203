import type { Command } from 'commander';
import { outputOption, timeoutOption, withExamples } from './shared-options.ts';

export interface InstallConfigFlags {
  readonly releaseImage?: string;
  readonly pullSecret?: string;
  readonly probe?: boolean;
  readonly timeout: number;
  readonly output?: string;
}

export function registerInstallConfig(program: Command): void {
  const group = program.command('install-config').description('pre-flight checks of install-config.yaml');
  const check = group
    .command('check')
    .description('mirrors, pull secret, trust bundle and release image of an install-config.yaml')
    .argument('<file>', 'install-config.yaml, - for stdin')
    .option('--release-image <ref>', 'release image that will be installed')
    .option('--pull-secret <file>', 'use this pull secret instead of the one in the file')
    .option('--probe', 'ask the mirrors: certificate, credentials, release image')
    .addOption(timeoutOption())
    .addOption(outputOption('text', 'json'))
    .action(async (file: string, flags: InstallConfigFlags) => {
      const { checkInstallConfigFile } = await import('../actions/install-config.ts');
      process.exitCode = await checkInstallConfigFile(file, flags);
    });
  withExamples(
    check,
    'pullpath install-config check install-config.yaml',
    'pullpath install-config check install-config.yaml --probe',
  );
}
