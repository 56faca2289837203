import { createInterface } from 'node:readline/promises';
import { CodedError } from '@pullpath/diagnostics';
import type { OcmClient } from '@pullpath/ocm-api/client';
import { Command, CommanderError } from 'commander';
import { UsageError } from '../usage-error.ts';
import { commanderOf, type RosaCommand, readValues, usageText } from './command-line.ts';
import { applyCommand } from './commands/apply.ts';
import { createImageMirrorCommand } from './commands/create-image-mirror.ts';
import { deleteImageMirrorCommand } from './commands/delete-image-mirror.ts';
import { editClusterCommand } from './commands/edit-cluster.ts';
import { editImageMirrorCommand } from './commands/edit-image-mirror.ts';
import { exportCommand } from './commands/export.ts';
import { listImageMirrorsCommand } from './commands/list-image-mirrors.ts';
import { loginCommand, logoutCommand } from './commands/login.ts';
import { waitCommand } from './commands/wait.ts';
import { connectWithLogin } from './connection.ts';
import { RosaFailure, RosaUsage } from './failure.ts';
import { createReporter } from './reporter.ts';
import type { Session } from './session.ts';

/** Every command; those that rosa does not have say so in their description. */
const commands: readonly ((session: Session) => RosaCommand)[] = [
  createImageMirrorCommand,
  editImageMirrorCommand,
  deleteImageMirrorCommand,
  listImageMirrorsCommand,
  editClusterCommand,
  loginCommand,
  logoutCommand,
  applyCommand,
  waitCommand,
  exportCommand,
];

/** Runs one command line of rosa and gives its exit code: 0, or 1 for everything else, as rosa does. */
export async function runRosa(words: readonly string[]): Promise<number> {
  const reporter = createReporter({ out: process.stdout, err: process.stderr, env: process.env });
  const connections: OcmClient[] = [];
  const session = sessionOf(reporter, connections);
  try {
    return await runWords(words, session);
  } catch (error) {
    return reportRosaFailure(error, session, words);
  } finally {
    for (const client of connections) client.close();
  }
}

function sessionOf(reporter: Session['reporter'], connections: OcmClient[]): Session {
  return {
    env: process.env,
    reporter,
    print: (text) => void process.stdout.write(text),
    client: async () => {
      const client = await connectWithLogin(process.env);
      connections.push(client);
      return client;
    },
    confirm,
  };
}

async function runWords(words: readonly string[], session: Session): Promise<number> {
  const program = new Command('rosa')
    .description('image mirrors of hosted clusters, as the rosa command has them')
    .exitOverride();
  const groups = new Map<string, Command>();
  let exit = 0;
  for (const command of commands.map((make) => make(session))) {
    const parser = commanderOf(command, parentOf(command, program, groups));
    parser.action(async () => {
      const { values, words: rest } = readValues(command, parser);
      exit = (await command.run(values, rest)) ?? 0;
    });
  }
  quiet(program);
  await program.parseAsync([...words], { from: 'user' });
  return exit;
}

/** The group of `create image-mirror` is `create`; `login` stands alone. */
function parentOf({ name }: RosaCommand, program: Command, groups: Map<string, Command>): Command {
  const [group = '', rest] = name.split(' ');
  if (rest === undefined) return program;
  const known = groups.get(group) ?? program.command(group).description(`${group} a resource`).exitOverride();
  groups.set(group, known);
  return known;
}

// What the parser would say about a fault is said in cobra's words instead; help is what was asked for.
function quiet(command: Command): void {
  command.configureOutput({ outputError: () => undefined, writeErr: (text) => process.stdout.write(text) });
  for (const child of command.commands) quiet(child);
}

function reportRosaFailure(error: unknown, { reporter }: Session, words: readonly string[]): number {
  if (error instanceof CommanderError) {
    const text = usageText(error);
    if (text === undefined) return 0;
    process.stderr.write(`Error: ${text}\n`);
  } else if (error instanceof RosaUsage) process.stderr.write(`Error: ${error.message}\n`);
  else if (error instanceof RosaFailure || error instanceof CodedError || error instanceof UsageError) {
    if (isStructured(words)) process.stderr.write(`${JSON.stringify({ error: error.message })}\n`);
    else reporter.error(error.message);
  } else throw error;
  return 1;
}

// With -o the failure is for a program to read.
function isStructured(words: readonly string[]): boolean {
  const text = ` ${words.join(' ')} `;
  return [
    ' -o json ',
    ' -o yaml ',
    ' --output json ',
    ' --output yaml ',
    ' --output=json ',
    ' --output=yaml ',
    ' -ojson ',
    ' -oyaml ',
  ].some((part) => text.includes(part));
}

async function confirm(question: string): Promise<boolean> {
  process.stderr.write(`? ${question} (y/N) `);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    return ['y', 'yes'].includes(line.trim().toLowerCase());
  }
  return false;
}
