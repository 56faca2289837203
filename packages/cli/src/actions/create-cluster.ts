import { randomBytes } from 'node:crypto';
import { CodedError } from '@pullpath/diagnostics';
import {
  type CreateClusterFlags,
  type CreateClusterPlatform,
  createClusterFiles,
  createClusterPlatforms,
  type FlagSpec,
  flagsOf,
  renderHostedCluster,
} from '@pullpath/pull-config';
import { Command, Option } from 'commander';
import { readText } from '../input/read-files.ts';
import { reportDiagnostics } from '../output/report.ts';
import { writeWhole } from '../output/write-whole.ts';
import { UsageError } from '../usage-error.ts';

/** `hypershift create cluster PLATFORM ...`: the rendered objects on stdout, or in the file of `--render-into`. */
export async function createCluster(words: readonly string[]): Promise<number> {
  const program = new Command('pullpath hypershift create cluster').exitOverride().showSuggestionAfterError();
  let exit = 0;
  for (const platform of createClusterPlatforms) {
    const command = program.command(platform).description(`a HostedCluster on platform ${platform}`);
    for (const spec of flagsOf(platform)) command.addOption(optionOf(spec));
    command.action((_values: unknown, { options }: Command) => {
      exit = renderCluster(platform, flagsByName(command, options));
    });
  }
  await program.parseAsync(words, { from: 'user' });
  return exit;
}

function optionOf({ name, kind, description, choices, default: value }: FlagSpec): Option {
  const option = new Option(
    `--${name}${valueWords[kind]}`,
    value === undefined ? description : `${description} (default: ${value})`,
  );
  if (kind === 'list' || kind === 'files')
    option.argParser((item: string, before: string[] | undefined) => [...(before ?? []), item]);
  return choices ? option.choices([...choices]) : option;
}

const valueWords: Readonly<Record<FlagSpec['kind'], string>> = {
  switch: '',
  text: ' <text>',
  number: ' <number>',
  file: ' <file>',
  files: ' <file>',
  list: ' <text>',
  comma: ' <a,b>',
};

// Only what was given: the engine knows the defaults, and whether a flag is missing.
function flagsByName(command: Command, options: readonly Option[]): CreateClusterFlags {
  const values = command.opts();
  const given = options.filter((option) => values[option.attributeName()] !== undefined);
  return Object.fromEntries(given.map((option) => [option.long?.slice(2) ?? '', values[option.attributeName()]]));
}

function renderCluster(platform: CreateClusterPlatform, flags: CreateClusterFlags): number {
  const into = flags['render-into'];
  if (!flags['render'] && !into)
    throw new UsageError('only --render and --render-into are here: nothing is created in a cluster');
  const files = readable(createClusterFiles(platform, flags));
  const result = renderHostedCluster(platform, flags, { files, etcdEncryptionKey: randomBytes(32) });
  reportDiagnostics(result.diagnostics, files);
  if (result.exit !== 0) return result.exit;
  if (typeof into === 'string') writeWhole(into, result.text, 0o600);
  else process.stdout.write(result.text);
  return result.exit;
}

// A file that cannot be read is the engine's to report, together with everything else that is wrong.
function readable(names: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of names) {
    try {
      files.set(name, readText(name));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
    }
  }
  return files;
}
