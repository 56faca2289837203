import type { Command, Option } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';

/** Prints the completion script of one shell, made from the command tree, so that it cannot drift from it. */
export function completion(shell: string, program: Command): number {
  const script = scripts[shell];
  if (!script) throw new UsageError(`there is no completion for "${shell}"; choose bash, zsh or fish`);
  process.stdout.write(script(wordsOf(program)));
  return exitCodes.done;
}

/** What may follow one command path, e.g. `migrate icsp`. */
interface Words {
  readonly path: string;
  readonly subcommands: readonly string[];
  readonly options: readonly Option[];
}

function wordsOf(command: Command, path: readonly string[] = []): Words[] {
  const subcommands = command.commands.map((child) => child.name()).sort();
  const own = { path: path.join(' '), subcommands, options: command.options };
  return [own, ...command.commands.flatMap((child) => wordsOf(child, [...path, child.name()]))];
}

const scripts: Readonly<Record<string, (words: readonly Words[]) => string>> = { bash, zsh, fish };

function bash(words: readonly Words[]): string {
  return `# bash completion of pullpath
_pullpath() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path= word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " \${path:+$path }$word " in
${words
  .filter(({ path }) => path)
  .map(({ path }) => `      " ${path} ") path="${path}" ;;`)
  .join('\n')}
    esac
  done
  case "$path:$prev" in
${words
  .flatMap(choicesOf)
  .map(
    ({ path, flags, choices }) =>
      `    ${flags.map((flag) => `"${path}:${flag}"`).join('|')}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$cur")); return ;;`,
  )
  .join('\n')}
  esac
  local words=
  case "$path" in
${words.map((entry) => `    "${entry.path}") words="${[...entry.subcommands, ...flagsOf(entry)].join(' ')}" ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _pullpath pullpath
`;
}

// zsh runs bash completions unchanged, and one script is one truth.
function zsh(words: readonly Words[]): string {
  return `#compdef pullpath\nautoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
}

function fish(words: readonly Words[]): string {
  const lines = words.flatMap((entry) => {
    const condition =
      entry.path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${entry.path.split(' ').at(-1)}`;
    const subcommands = entry.subcommands.map((name) => `complete -c pullpath -f -n '${condition}' -a ${name}`);
    const options = entry.options.map((option) => `complete -c pullpath -n '${condition}' ${fishOption(option)}`);
    return [...subcommands, ...options];
  });
  return `# fish completion of pullpath\n${lines.join('\n')}\n`;
}

function fishOption({ long, short, argChoices, required, optional, description }: Option): string {
  const names = [long ? `-l ${long.slice(2)}` : '', short ? `-s ${short.slice(1)}` : ''].filter(Boolean);
  const value = argChoices ? [`-x -a '${argChoices.join(' ')}'`] : required || optional ? ['-r'] : [];
  return [...names, ...value, `-d '${description.replaceAll("'", '’')}'`].join(' ');
}

function flagsOf({ options }: Words): string[] {
  return options.flatMap(({ long, short }) => [long, short].filter((flag): flag is string => flag !== undefined));
}

function choicesOf(entry: Words): { path: string; flags: string[]; choices: readonly string[] }[] {
  return entry.options.flatMap((option) =>
    option.argChoices
      ? [{ path: entry.path, flags: flagsOf({ ...entry, options: [option] }), choices: option.argChoices }]
      : [],
  );
}
