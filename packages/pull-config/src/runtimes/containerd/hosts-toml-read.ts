import { formatPath, type Path, type SourceMap } from '@pullpath/api';
import { type Diagnostic, lineIndex } from '@pullpath/diagnostics';
import { parse, TomlError } from 'smol-toml';
import type { ConfFault } from '../../formats/registries-conf-fault.ts';
import { booleanOf, stringOf, stringsOf, type TomlTable, tableOf } from '../../formats/toml-decode.ts';
import { tomlSourceMap, tomlTableHeaders } from '../../formats/toml-places.ts';
import { cleanPath, parseEndpoint } from '../endpoint.ts';
import { isGoDuration } from './duration.ts';
import { certificatesOf, checkHeaders, clientsOf } from './hosts-toml-values.ts';

/** What a host of hosts.toml may be asked for. */
export type Capability = 'pull' | 'resolve' | 'push' | 'referrers';

/** One host of a hosts.toml; an empty `host` stands for the registry of the image. */
export interface TomlHost {
  readonly scheme: string;
  readonly host: string;
  /** The root of the registry API there. */
  readonly path: string;
  readonly capabilities: ReadonlySet<Capability>;
  readonly skipVerify?: boolean | undefined;
  /** Paths of CA bundles and of client certificates and keys, relative ones below the directory of the file. */
  readonly authorities: readonly string[];
  readonly clients: readonly string[];
}

/** A hosts.toml as containerd reads it; `hosts` is undefined when containerd would ignore the file. */
export interface HostsTomlReading {
  readonly hosts: readonly TomlHost[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a host without a `capabilities` key may be asked for. */
export const allCapabilities: ReadonlySet<Capability> = new Set(['pull', 'resolve', 'push', 'referrers']);

/**
 * Reads a hosts.toml (containerd `core/remotes/docker/config` parseHostsFile): the `[host."URL"]` tables in the order of
 * their headers, then the server. Whatever containerd refuses makes it ignore the whole file; all faults are reported.
 */
export function readHostsToml(file: string, text: string): HostsTomlReading {
  const parsed = parseToml(file, text);
  if (!parsed.table) return { hosts: undefined, diagnostics: [parsed.diagnostic] };
  const faults: ConfFault[] = [];
  const hosts = readDocument({ table: parsed.table, path: [], faults }, text);
  const source = tomlSourceMap(file, text);
  const isRefused = faults.some(({ severity }) => severity !== 'warning');
  return { hosts: isRefused ? undefined : hosts, diagnostics: faults.map((fault) => diagnosticOf(fault, source)) };
}

function diagnosticOf({ code, message, path, expected, severity = 'error' }: ConfFault, source: SourceMap): Diagnostic {
  return {
    code: code === 'conf-field-type' ? 'hosts-toml-syntax' : code,
    severity,
    message,
    at: severity === 'warning' ? source.keySpan(path) : source.span(path),
    object: 'hosts.toml',
    path: formatPath(path),
    expected,
    hint: severity === 'warning' ? undefined : ignored,
  };
}

const ignored = 'containerd ignores the whole file and asks the registry itself';

type Parsed =
  | { readonly table: Record<string, unknown> }
  | { readonly table?: undefined; readonly diagnostic: Diagnostic };

function parseToml(file: string, text: string): Parsed {
  try {
    return { table: parse(text, { integersAsBigInt: 'asNeeded' }) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const lines = lineIndex(text);
    const place = lines.position(lines.offset(error.line, error.column));
    const why = error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '') ?? '';
    const message = `the file is not valid TOML: ${why}`;
    const at = { file, start: place, end: place };
    return {
      diagnostic: { code: 'hosts-toml-syntax', severity: 'error', message, at, object: 'hosts.toml', hint: ignored },
    };
  }
}

function readDocument(root: TomlTable, text: string): TomlHost[] {
  warnUnknown(root, [...hostKeys, 'server', 'host']);
  const tables = tablesByUrl(tableOf(root, 'host'));
  const hosts = headersOf(text).map((url) => readHost(url, tables.get(url), root.faults));
  return [...hosts, hostOf(stringOf(root, 'server'), root)];
}

function tablesByUrl(hosts: TomlTable | undefined): ReadonlyMap<string, TomlTable | undefined> {
  return new Map(hosts && Object.keys(hosts.table).map((url) => [url, tableOf(hosts, url)]));
}

/** The URLs of `[host."URL"]` and of tables below them, without repeating the one before. */
function headersOf(text: string): string[] {
  const urls: string[] = [];
  for (const [first, url] of tomlTableHeaders(text)) {
    if (first === 'host' && url !== undefined && url !== urls.at(-1)) urls.push(url);
  }
  return urls;
}

function readHost(url: string, table: TomlTable | undefined, faults: ConfFault[]): TomlHost {
  if (table) warnUnknown(table, hostKeys);
  return hostOf(url, table ?? { table: {}, path: ['host', url], faults });
}

const hostKeys = [
  'capabilities',
  'ca',
  'client',
  'skip_verify',
  'header',
  'override_path',
  'dial_timeout',
  // Understood by the containerd of k3s and rke2.
  'rewrite',
];

function hostOf(url: string, table: TomlTable): TomlHost {
  checkHeaders(table);
  checkTimeout(table);
  return {
    ...endpointOf(url, table),
    capabilities: capabilitiesOf(table),
    skipVerify: Object.keys(table.table).some((key) => key.toLowerCase() === 'skip_verify')
      ? booleanOf(table, 'skip_verify')
      : undefined,
    authorities: certificatesOf(table),
    clients: clientsOf(table),
  };
}

function endpointOf(url: string, table: TomlTable): Pick<TomlHost, 'scheme' | 'host' | 'path'> {
  const override = booleanOf(table, 'override_path');
  if (url === '') return { scheme: '', host: '', path: '' };
  const endpoint = parseEndpoint(url.startsWith('http') ? url : `https://${url}`);
  if (!endpoint) {
    refuse(table, [], `${JSON.stringify(url)} is no URL`);
    return { scheme: '', host: '', path: '' };
  }
  return { ...endpoint, path: apiRoot(endpoint.path, override) };
}

function apiRoot(path: string, override: boolean): string {
  if (path === '') return override ? '' : '/v2';
  const clean = cleanPath(path);
  return override || clean.endsWith('/v2') ? clean : `${clean}/v2`;
}

function capabilitiesOf(table: TomlTable): ReadonlySet<Capability> {
  const names = stringsOf(table, 'capabilities') ?? [];
  const known = names.filter((name) => isCapability(name.toLowerCase()));
  for (const name of names) {
    if (!known.includes(name))
      refuse(table, ['capabilities'], `containerd knows no capability ${JSON.stringify(name)}`);
  }
  return names.length === 0 ? allCapabilities : new Set(known.map((name) => name.toLowerCase() as Capability));
}

function isCapability(name: string): name is Capability {
  return (allCapabilities as ReadonlySet<string>).has(name);
}

function checkTimeout(table: TomlTable): void {
  const timeout = stringOf(table, 'dial_timeout');
  if (timeout !== '' && !isGoDuration(timeout))
    refuse(table, ['dial_timeout'], `${JSON.stringify(timeout)} is no duration`);
}

function refuse({ path, faults }: TomlTable, below: Path, message: string): void {
  faults.push({ code: 'hosts-toml-syntax', message, path: [...path, ...below] });
}

function warnUnknown({ table, path, faults }: TomlTable, known: readonly string[]): void {
  for (const key of Object.keys(table)) {
    if (known.includes(key.toLowerCase())) continue;
    faults.push({
      code: 'hosts-toml-unknown-key',
      severity: 'warning',
      message: `containerd does not know the key ${JSON.stringify(key)}`,
      path: [...path, key],
      expected: `one of ${known.join(', ')}`,
    });
  }
}
