import { type Command, type CommanderError, Option } from 'commander';
import { RosaUsage } from './failure.ts';

/** A flag of a command, as pflag has it. */
export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  readonly description: string;
  /** `list` takes several values, separated by commas or by repetition; `switch` takes none. */
  readonly kind?: 'text' | 'list' | 'switch';
  readonly default?: string;
  readonly isRequired?: boolean;
  readonly isHidden?: boolean;
}

/** Values after defaults; a flag that is not given is '' or empty. */
export interface FlagValues {
  text(name: string): string;
  list(name: string): readonly string[];
  isOn(name: string): boolean;
  isGiven(name: string): boolean;
}

export interface RosaCommand {
  /** The words, like `create image-mirror`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly description: string;
  readonly flags: readonly FlagSpec[];
  /** Words beside the flags; none unless set. */
  readonly mostWords?: number;
  /** Gives the exit code, 0 unless said. */
  run(values: FlagValues, words: readonly string[]): Promise<number | undefined>;
}

/** The parser of one command. Throws `RosaUsage` in the words of cobra and pflag. */
export function commanderOf(command: RosaCommand, parent: Command): Command {
  const name = command.name.split(' ').at(-1) ?? '';
  const parser = parent
    .command(name)
    .aliases([...(command.aliases ?? [])])
    .description(command.description);
  if ((command.mostWords ?? 0) > 0) parser.argument('[words...]');
  for (const flag of command.flags) parser.addOption(optionOf(flag));
  return parser.allowExcessArguments(true).exitOverride();
}

/** What a command line gave, checked as cobra checks it. */
export function readValues(
  command: RosaCommand,
  parser: Command,
): { readonly values: FlagValues; readonly words: readonly string[] } {
  checkWords(command, parser.args);
  const missing = command.flags.filter(
    ({ name, isRequired }) => isRequired && parser.getOptionValueSource(attribute(name)) !== 'cli',
  );
  const names = missing.map(({ name }) => `"${name}"`).sort();
  if (names.length > 0) throw new RosaUsage(`required flag(s) ${names.join(', ')} not set`);
  const given = (name: string): unknown => parser.getOptionValue(attribute(name));
  const values: FlagValues = {
    text: (name) => (given(name) as string | undefined) ?? '',
    list: (name) => (given(name) as readonly string[] | undefined) ?? [],
    isOn: (name) => given(name) === true,
    isGiven: (name) => parser.getOptionValueSource(attribute(name)) === 'cli',
  };
  return { values, words: parser.args };
}

function checkWords({ name, mostWords = 0 }: RosaCommand, words: readonly string[]): void {
  if (mostWords === 0 && words.length > 0)
    throw new RosaUsage(`unknown command ${JSON.stringify(words[0])} for "rosa ${name}"`);
  if (words.length > mostWords) throw new RosaUsage(`accepts at most ${mostWords} arg(s), received ${words.length}`);
}

function optionOf({ name, short, description, kind = 'text', default: value, isHidden = false }: FlagSpec): Option {
  const word = kind === 'switch' ? '' : ' <value>';
  const option = new Option(`${short === undefined ? '' : `-${short}, `}--${name}${word}`, description).hideHelp(
    isHidden,
  );
  if (kind === 'list')
    option.argParser((item: string, before: readonly string[] | undefined) => [...(before ?? []), ...itemsOf(item)]);
  return value === undefined ? option : option.default(value);
}

// As pflag's StringSlice: nothing between the quotes is no item at all.
function itemsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

function attribute(name: string): string {
  return new Option(`--${name}`).attributeName();
}

/** The words of cobra for what the parser refuses; undefined for help, which is no fault. */
export function usageText({ code, message }: CommanderError): string | undefined {
  if (code === 'commander.helpDisplayed' || code === 'commander.help' || code === 'commander.version') return undefined;
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
  const flag = quoted.split(' ').find((word) => word.startsWith('--')) ?? quoted;
  if (code === 'commander.unknownOption')
    return flag.startsWith('--') ? `unknown flag: ${flag}` : `unknown shorthand flag: '${flag.slice(1, 2)}' in ${flag}`;
  if (code === 'commander.optionMissingArgument') return `flag needs an argument: ${flag}`;
  if (code === 'commander.unknownCommand') return `unknown command "${quoted}" for "rosa"`;
  return message.replace(/^error: /, '');
}
