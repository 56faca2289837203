import type { Command } from 'commander';
import { withExamples } from './shared-options.ts';

export function registerTerraform(program: Command): void {
  const group = program.command('terraform').description('use the Terraform provider rhcs of this checkout');
  const setup = group
    .command('setup')
    .description('install the provider for Terraform and OpenTofu: a filesystem mirror and a CLI configuration')
    .argument('<dir>', 'where DIR/plugins and DIR/terraformrc go')
    .action(async (directory: string) => {
      const { setUpTerraform } = await import('../actions/terraform-setup.ts');
      process.exitCode = setUpTerraform(directory);
    });
  withExamples(setup, 'eval "$(pullpath terraform setup ~/.pullpath/terraform)"', 'terraform init && terraform plan');
}
