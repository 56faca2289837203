import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { RosaFailure } from './failure.ts';

/** The configuration of ocm and rosa, with their keys; `trusted_ca` is ours: the path of a PEM file. */
export interface OcmConfig {
  readonly access_token?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly insecure?: boolean;
  readonly refresh_token?: string;
  readonly scopes?: readonly string[];
  readonly token_url?: string;
  readonly url?: string;
  readonly trusted_ca?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** `$OCM_CONFIG`, else `~/.ocm.json` where there is one, else `ocm/ocm.json` among the user's settings (terraform-ocm 2.3). */
export function configPath(env: Env): string {
  if (env['OCM_CONFIG']) return env['OCM_CONFIG'];
  const home = env['HOME'] ?? homedir();
  const old = join(home, '.ocm.json');
  return existsSync(old) ? old : join(settingsFolder(home, env), 'ocm', 'ocm.json');
}

function settingsFolder(home: string, env: Env): string {
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (process.platform === 'win32') return env['AppData'] ?? env['APPDATA'] ?? home;
  return env['XDG_CONFIG_HOME'] || join(home, '.config');
}

/** The configuration; undefined where nobody logged in. */
export function readConfig(path: string): OcmConfig | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  if (text.trim() === '') return undefined;
  const value = parsed(text, path);
  if (typeof value !== 'object' || value === null)
    throw new RosaFailure(`Failed to load config file: '${path}' holds no object`);
  return value;
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RosaFailure(`Failed to load config file: '${path}' is not JSON; log in again, or mend it`, { cause });
  }
}

/** Writes the configuration, for its owner alone; it holds tokens. */
export function writeConfig(path: string, config: OcmConfig): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, path);
}

/** Forgets the tokens. */
export function removeConfig(path: string): void {
  rmSync(path, { force: true });
}
