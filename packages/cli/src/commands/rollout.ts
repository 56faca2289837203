import type { Command } from 'commander';
import { addLiveOptions, outputOption, withExamples } from './shared-options.ts';

export interface RolloutFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly output?: 'text' | 'json' | 'yaml';
  readonly watch?: boolean;
  readonly to?: string;
}

export function registerRollout(program: Command): void {
  const command = program.command('rollout').description('follow, stop and turn back what nodes of a pool are told');
  addPoolOptions(command.command('status <pool>').description('wait until the pool is updated, held or degraded'))
    .option('--no-watch', 'how it is now')
    .addOption(outputOption('text', 'json', 'yaml').default('text'))
    .action(async (pool: string, flags: RolloutFlags) => {
      const { rolloutStatus } = await import('../actions/rollout.ts');
      process.exitCode = await rolloutStatus(pool, flags);
    });
  for (const [verb, description] of verbs)
    addPoolOptions(command.command(`${verb} <pool>`).description(description)).action(
      async (pool: string, flags: RolloutFlags) => {
        const { steerRollout } = await import('../actions/rollout.ts');
        process.exitCode = await steerRollout(verb, pool, flags);
      },
    );
  command.commands
    .find((each) => each.name() === 'undo')
    ?.option('--to <config>', 'the configuration to go back to (default: the last that all nodes had)');
  withExamples(command, 'pullpath rollout status worker', 'pullpath rollout undo worker');
}

function addPoolOptions(command: Command): Command {
  return addLiveOptions(command).option('--cluster <ns/name>', 'the pool is a NodePool of a HostedCluster');
}

const verbs = [
  ['pause', 'tell no further node of the pool anything'],
  ['resume', 'go on: past a pause, past the canaries, or after going back'],
  ['undo', 'go back to the last good configuration, until the rules change'],
] as const;
