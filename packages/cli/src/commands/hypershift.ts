import type { Command } from 'commander';
import { withExamples } from './shared-options.ts';

/** Its flags are a table of the engine, which loads only when the command runs; so this takes any words and passes them on. */
export function registerHypershift(program: Command): void {
  program.enablePositionalOptions();
  const create = program
    .command('hypershift')
    .description('the mirror part of the hypershift CLI, offline')
    .enablePositionalOptions()
    .command('create')
    .enablePositionalOptions()
    .description('create cluster PLATFORM --render: the objects of a new HostedCluster');
  const cluster = create
    .command('cluster')
    .description('render the objects of a new HostedCluster; --help after a platform lists its flags')
    .argument('[words...]', 'platform (none, agent, kubevirt, aws) and its flags')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (words: string[]) => {
      const { createCluster } = await import('../actions/create-cluster.ts');
      process.exitCode = await createCluster(words);
    });
  withExamples(
    cluster,
    'pullpath hypershift create cluster none --name demo --pull-secret ps.json --render',
    'pullpath hypershift create cluster aws --name demo --pull-secret ps.json --image-tag-mirror-set mirrors.yaml --render',
  );
}
