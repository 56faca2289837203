import type { Command } from 'commander';
import { withExamples } from './shared-options.ts';

export function registerCompletion(program: Command): void {
  const command = program
    .command('completion')
    .description('shell completion script')
    .argument('<shell>', 'bash, zsh or fish')
    .action(async (shell: string) => {
      const { completion } = await import('../actions/completion.ts');
      process.exitCode = completion(shell, program);
    });
  withExamples(
    command,
    'source <(pullpath completion bash)',
    'pullpath completion fish > ~/.config/fish/completions/pullpath.fish',
  );
}
