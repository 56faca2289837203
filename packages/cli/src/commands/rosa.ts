import type { Command } from 'commander';
import { withExamples } from './shared-options.ts';

/** Its words are those of rosa, which `rosa/` reads; so this takes any words and passes them on. */
export function registerRosa(program: Command): void {
  program.enablePositionalOptions();
  const command = program
    .command('rosa')
    .description('image mirrors of hosted clusters through the OCM API, as the rosa command has them')
    .argument('[words...]', 'a command of rosa and its flags')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (words: string[]) => {
      const { runRosa } = await import('../rosa/program.ts');
      process.exitCode = await runRosa(words);
    });
  withExamples(
    command,
    'pullpath rosa create image-mirror -c prod --source docker.io/library/nginx --mirrors quay.io/my-org/nginx',
    'pullpath rosa list image-mirrors -c prod -o json',
  );
}
