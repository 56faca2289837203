import { type Command, Option } from 'commander';
import { withExamples } from './shared-options.ts';

export interface SchemaFlags {
  readonly format: string;
}

export function registerSchema(program: Command): void {
  const command = program
    .command('schema')
    .description('explain the fields of a kind, or print its JSON Schema for editors')
    .argument('[kind[.field...]]', 'kind, plural or short name, with a field path; none lists the kinds')
    .addOption(
      new Option('--format <format>', 'what to print').choices(['text', 'json-schema', 'openapi']).default('text'),
    )
    .action(async (target: string | undefined, flags: SchemaFlags) => {
      const { schema } = await import('../actions/schema.ts');
      process.exitCode = schema(target, flags);
    });
  withExamples(command, 'pullpath schema itms.spec.imageTagMirrors', 'pullpath schema idms --format json-schema');
}
