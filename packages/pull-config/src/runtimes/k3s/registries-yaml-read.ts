import { refuseText } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode } from '@pullpath/diagnostics';
import { lineIndex } from '@pullpath/diagnostics';
import { parseDocument } from 'yaml';
import { createReader, type YamlReader, type YamlValue } from './yaml-values.ts';

/** A registries.yaml as k3s reads it. */
export interface RegistriesFile {
  readonly mirrors: ReadonlyMap<
    string,
    { readonly endpoints: readonly string[]; readonly rewrites: ReadonlyMap<string, string> }
  >;
  readonly configs: ReadonlyMap<string, { readonly skipVerify: boolean; readonly caFile: string }>;
}

/** What a registries.yaml says; `value` is undefined when k3s refuses to start with it. */
export interface RegistriesYamlReading {
  readonly value: RegistriesFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Far more than any registries.yaml is, and little enough for a parser that has no limits of its own. */
const limits = { maxSize: 2 ** 20, maxDepth: 50, maxSyntaxErrors: 100 };

/**
 * Reads a registries.yaml (rancher/wharfie `GetPrivateRegistries`, go-yaml v2): unknown keys are ignored and reported, a
 * wrong type stops k3s. All faults are reported. Credentials are read over, nothing here holds them.
 */
export function readRegistriesYaml(file: string, text: string): RegistriesYamlReading {
  const refused = refuseText({ file, text }, limits);
  if (refused) return { value: undefined, diagnostics: [refused] };
  const lines = lineIndex(text);
  const diagnostics: Diagnostic[] = [];
  const report = (code: DiagnosticCode, message: string, at: readonly [number, number], expected?: string): void => {
    const severity = code === 'registries-yaml-unknown-key' ? 'warning' : 'error';
    const span = { file, start: lines.position(at[0]), end: lines.position(at[1]) };
    diagnostics.push({ code, severity, message, at: span, object: 'registries.yaml', expected });
  };
  const document = parseDocument(text, { version: '1.1', uniqueKeys: false, merge: true, prettyErrors: false });
  for (const { message, pos } of document.errors) {
    report('registries-yaml-syntax', `the file is not valid YAML: ${message.split('\n', 1)[0]}`, pos);
  }
  const value = diagnostics.length > 0 ? undefined : readFile(createReader(document, report));
  return { value: diagnostics.some(({ severity }) => severity === 'error') ? undefined : value, diagnostics };
}

function readFile(reader: YamlReader): RegistriesFile {
  const root = reader.fields(reader.root, ['mirrors', 'configs', 'auths']);
  return {
    mirrors: new Map([...reader.entries(root.get('mirrors'))].map(([host, value]) => [host, mirrorsOf(reader, value)])),
    configs: new Map([...reader.entries(root.get('configs'))].map(([host, value]) => [host, configOf(reader, value)])),
  };
}

function mirrorsOf(reader: YamlReader, value: YamlValue) {
  const fields = reader.fields(value, ['endpoint', 'rewrite']);
  const rewrites = [...reader.entries(fields.get('rewrite'))];
  return {
    endpoints: reader.strings(fields.get('endpoint')),
    rewrites: new Map(rewrites.map(([pattern, template]) => [pattern, reader.string(template)])),
  };
}

function configOf(reader: YamlReader, value: YamlValue) {
  const fields = reader.fields(value, ['auth', 'tls']);
  const auth = reader.fields(fields.get('auth'), ['username', 'password', 'auth', 'identity_token']);
  for (const secret of auth.values()) reader.string(secret);
  const tls = reader.fields(fields.get('tls'), ['ca_file', 'cert_file', 'key_file', 'insecure_skip_verify']);
  for (const path of ['cert_file', 'key_file']) reader.string(tls.get(path));
  return { skipVerify: reader.boolean(tls.get('insecure_skip_verify')), caFile: reader.string(tls.get('ca_file')) };
}
