import type { Diagnostic, DiagnosticCode, SourceSpan } from '@pullpath/diagnostics';
import { decodeBase64, decodeUtf8 } from '../base64.ts';
import { foldName } from '../fold-name.ts';
import { type JsonNode, type JsonPlace, jsonSpans, parseJsonText } from '../json-text.ts';

/** A file of registry credentials as found on a node or in a pull secret. */
export interface AuthFileSource {
  /** How it is called in explanations: a path, or an object. */
  readonly file: string;
  readonly text: string;
  /** `.dockercfg`: the entries stand at the root and are keyed by registry host alone. */
  readonly legacy?: boolean | undefined;
}

/** What stands for one key; `auth` is a secret. */
export interface AuthEntry {
  readonly auth: string;
  readonly identityToken: string;
}

/** A credentials file that was read. With a fault in it a runtime refuses it as a whole. */
export interface AuthFile {
  readonly file: string;
  readonly legacy: boolean;
  readonly auths: ReadonlyMap<string, AuthEntry>;
  readonly credHelpers: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A user and password, or a token that stands for them. All values are secrets but the user name. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly identityToken: string;
}

/**
 * Reads auth.json, a pull secret, `config.json` of Docker or (`legacy`) `.dockercfg` as Go's `encoding/json` fills the
 * structures of containers/image `pkg/docker/config`: names of members match in any case, later members of the same name
 * add to earlier ones, null changes nothing. Faults are `auth-json-syntax` and `auth-json-type`.
 */
export function readAuthFile({ file, text, legacy = false }: AuthFileSource): AuthFile {
  const reading = new Reading(file, text);
  const parsed = parseJsonText(text);
  if (!parsed.ok) reading.fault('auth-json-syntax', parsed.message, parsed.at);
  else if (legacy) reading.auths(parsed.node);
  else reading.root(parsed.node);
  return { file, legacy, auths: reading.entries, credHelpers: reading.helpers, diagnostics: reading.diagnostics };
}

/**
 * The credentials of one entry: the base64 text of `auth` split at its first colon, NUL bytes around the password cut.
 * Without a colon the entry counts as empty. Undefined for text that is no base64. Source: containers/image
 * `pkg/docker/config` decodeDockerAuth.
 */
export function decodeAuthEntry(entry: AuthEntry): Credentials | undefined {
  const bytes = decodeBase64(entry.auth);
  if (bytes === undefined) return undefined;
  const colon = bytes.indexOf(0x3a);
  if (colon === -1) return noCredentials;
  return {
    username: decodeUtf8(bytes.subarray(0, colon)),
    password: decodeUtf8(withoutNulBytes(bytes.subarray(colon + 1))),
    identityToken: entry.identityToken,
  };
}

/** Keys of entries whose `auth` is no base64, in the order of the file: every pull that finds one of them fails. */
export function undecodableKeys({ auths }: AuthFile): readonly string[] {
  return [...auths].filter(([, entry]) => decodeAuthEntry(entry) === undefined).map(([key]) => key);
}

/** What an entry without a user, password or token gives. */
const noCredentials: Credentials = { username: '', password: '', identityToken: '' };

/** True when nothing is set, so that the next file is asked. */
export function isEmptyCredentials({ username, password, identityToken }: Credentials): boolean {
  return username === '' && password === '' && identityToken === '';
}

function withoutNulBytes(bytes: Uint8Array): Uint8Array {
  let start = 0;
  let end = bytes.length;
  while (start < end && bytes[start] === 0) start++;
  while (end > start && bytes[end - 1] === 0) end--;
  return bytes.subarray(start, end);
}

class Reading {
  readonly entries: Map<string, AuthEntry> = new Map();
  readonly helpers: Map<string, string> = new Map();
  readonly diagnostics: Diagnostic[] = [];
  readonly #spanOf: (place: JsonPlace) => SourceSpan;

  constructor(file: string, text: string) {
    this.#spanOf = jsonSpans(file, text);
  }

  root(node: JsonNode): void {
    for (const { key, value } of this.#members(node, 'the file')) {
      const name = foldName(key);
      if (name === 'auths') this.auths(value);
      if (name === 'credhelpers') this.#credHelpers(value);
    }
  }

  auths(node: JsonNode): void {
    for (const { key, value } of this.#members(node, '"auths"')) this.entries.set(key, this.#entry(value));
  }

  #entry(node: JsonNode): AuthEntry {
    let entry: AuthEntry = { auth: '', identityToken: '' };
    for (const { key, value } of this.#members(node, 'an entry')) {
      const name = foldName(key);
      if (name === 'auth') entry = { ...entry, auth: this.#string(value, '"auth"') ?? entry.auth };
      if (name === 'identitytoken')
        entry = { ...entry, identityToken: this.#string(value, '"identitytoken"') ?? entry.identityToken };
    }
    return entry;
  }

  #credHelpers(node: JsonNode): void {
    for (const { key, value } of this.#members(node, '"credHelpers"'))
      this.helpers.set(key, this.#string(value, 'a credential helper') ?? '');
  }

  #members(node: JsonNode, what: string): readonly { readonly key: string; readonly value: JsonNode }[] {
    if (node.kind === 'object') return node.members;
    if (!isNull(node)) this.fault('auth-json-type', `${what} is not a JSON object`, node);
    return [];
  }

  #string(node: JsonNode, what: string): string | undefined {
    if (node.kind === 'string') return node.value;
    if (!isNull(node)) this.fault('auth-json-type', `${what} is not a string`, node);
    return undefined;
  }

  fault(code: DiagnosticCode, message: string, place: JsonPlace): void {
    const hint = 'while this file does not load, every pull that looks for credentials in it fails';
    this.diagnostics.push({ code, severity: 'error', message, at: this.#spanOf(place), hint });
  }
}

function isNull(node: JsonNode): boolean {
  return node.kind === 'literal' && node.value === null;
}
