import type { Command } from 'commander';

export function registerHypershift(program: Command): void {
  program.command('hypershift').description('the mirror part of the hypershift CLI, offline');
}
