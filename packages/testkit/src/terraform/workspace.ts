import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, findProgram, runProgram } from '../daemons/program.ts';
import { findOracle } from '../oracle.ts';
import { realProgram, type Skippable } from '../real-program.ts';

/** What a test without Terraform is told. */
export const terraformNote = 'neither terraform nor tofu is on PATH, and oracles/build.sh has not built tofu';

/** The path of Terraform, or of OpenTofu, for a test; see `realProgram`. */
export function terraformOrSkip(test: Skippable): string {
  return realProgram(test, findTerraform, terraformNote);
}

/** The path of Terraform, or of OpenTofu, which answers the same commands; or undefined. */
export function findTerraform(): string | undefined {
  return findProgram('terraform') ?? findProgram('tofu') ?? findOracle('tofu');
}

/** One working folder with its state. */
export interface TerraformWorkspace {
  readonly directory: string;
  /** The environment of its commands, beside that of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** Writes a file of the configuration. */
  write(name: string, text: string): void;
  /** Runs one command without colours and questions; it is killed after two minutes. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** The objects of the provider in the state file. */
  objects(): readonly StateObject[];
  /** The values of the outputs in the state file. */
  outputs(): Readonly<Record<string, unknown>>;
  remove(): void;
}

/** An object as the state file has it, one for each instance. */
export interface StateObject {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly indexKey: unknown;
  readonly status: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Opens an empty folder. `env` says how Terraform finds the provider; nothing of the user's own settings counts. */
export function openTerraform(program: string, env: Readonly<Record<string, string>>): TerraformWorkspace {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-terraform-'));
  const noUserSettings = {
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: join(directory, 'terraformrc'),
  };
  writeFileSync(noUserSettings.TF_CLI_CONFIG_FILE, '');
  return {
    directory,
    env: { ...noUserSettings, ...env },
    write: (name, text) => writeFileSync(join(directory, name), text),
    run: ([command = '', ...rest], more = {}) => {
      const noQuestions = ['validate', 'show', 'output', 'state', 'providers'].includes(command)
        ? []
        : ['-input=false'];
      const args = [`-chdir=${directory}`, command, '-no-color', ...noQuestions, ...rest] as const;
      return runProgram([program, ...args], { env: { ...noUserSettings, ...env, ...more }, timeout: 120_000 });
    },
    objects: () => (readState(directory).resources ?? []).flatMap(objectsOf),
    outputs: () =>
      Object.fromEntries(Object.entries(readState(directory).outputs ?? {}).map(([name, { value }]) => [name, value])),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

interface StateFile {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly StateResource[];
}

interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    readonly index_key?: unknown;
    readonly status?: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

function readState(directory: string): StateFile {
  const file = join(directory, 'terraform.tfstate');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StateFile) : {};
}

function objectsOf({ mode, type, name, instances }: StateResource): StateObject[] {
  return instances.map(({ index_key: indexKey, status, attributes }) => ({
    mode,
    type,
    name,
    indexKey,
    status,
    attributes,
  }));
}

/** The words of Terraform's output without its boxes and line breaks. */
export function flatText(text: string): string {
  return text.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ').trim();
}
