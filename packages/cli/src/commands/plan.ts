import type { Command } from 'commander';
import type { LiveFlags } from '../input/live-api.ts';
import { addLiveOptions, addScopeOptions, outputOption, type ScopeFlags, withExamples } from './shared-options.ts';

export interface ChangeFlags extends ScopeFlags, LiveFlags {
  readonly from?: string[];
  readonly to: string[];
  readonly dialect?: string;
  readonly output?: string;
}

export interface PlanFlags extends ChangeFlags {
  readonly images?: string;
  readonly detailedExitcode?: boolean;
}

export function registerPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('preview what a change does to rules, files, nodes and running images')
    .option('--from <path...>', 'manifests as they are now (default: what an API server holds)')
    .requiredOption('--to <path...>', 'manifests as they will be')
    .option('--images <file>', 'running images: one reference per line, or a PodList')
    .option('--detailed-exitcode', 'exit 1 when something changes')
    .addOption(outputOption('text', 'json', 'yaml'))
    .action(async (flags: PlanFlags) => {
      const { plan } = await import('../actions/plan.ts');
      process.exitCode = await plan(flags);
    });
  addScopeOptions(command);
  addLiveOptions(command);
  withExamples(
    command,
    'pullpath plan --from live/ --to proposed/',
    'pullpath plan --to proposed.yaml --cluster my-cluster',
  );
}
