import type { Diagnostic } from '@pullpath/diagnostics';
import { compareBytes } from '../formats/go-order.ts';
import { readAuthFile, undecodableKeys } from '../pull/credentials/auth-file.ts';
import { type JsonMember, type JsonNode, jsonMember, jsonSpan, parseJsonText } from '../pull/json-text.ts';

export interface PullSecretFile {
  readonly file: string;
  readonly text: string;
}

export interface MergedPullSecret {
  /** JSON on one line with sorted keys and a newline at the end; absent when a file has an error. Secret: write it 0600. */
  readonly text?: string;
  /** Registries in the result, sorted. */
  readonly registries: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * One pull secret from several: the entries of all files, of one that several have with different contents the last, which
 * is a warning that names the key and the files and never a value. Equal input gives equal bytes. Fields beside `auths` and
 * `credHelpers` are not carried over, with a warning.
 */
export function mergePullSecrets(files: readonly PullSecretFile[]): MergedPullSecret {
  const read = files.map(readSecret);
  const faults = read.flatMap(({ diagnostics }) => diagnostics);
  if (faults.some(({ severity }) => severity === 'error')) return { registries: [], diagnostics: faults };
  const auths = mergeEntries(read.map(({ file, auths }) => ({ file, entries: auths })));
  const helpers = mergeEntries(read.map(({ file, helpers }) => ({ file, entries: helpers })));
  const secret = { auths: auths.entries, ...(helpers.keys.length > 0 ? { credHelpers: helpers.entries } : {}) };
  return {
    text: `${JSON.stringify(secret)}\n`,
    registries: auths.keys,
    diagnostics: [...faults, ...auths.conflicts, ...helpers.conflicts],
  };
}

interface ReadSecret {
  readonly file: PullSecretFile;
  readonly auths: readonly JsonMember[];
  readonly helpers: readonly JsonMember[];
  readonly diagnostics: readonly Diagnostic[];
}

function readSecret(file: PullSecretFile): ReadSecret {
  const authFile = readAuthFile(file);
  const { diagnostics } = authFile;
  const parsed = parseJsonText(file.text);
  if (!parsed.ok || diagnostics.length > 0) return { file, auths: [], helpers: [], diagnostics };
  const auths = membersOf(parsed.node, 'auths');
  const missing = auths === undefined ? [noAuths(file, parsed.node)] : [];
  return {
    file,
    auths: auths ?? [],
    helpers: membersOf(parsed.node, 'credHelpers') ?? [],
    diagnostics: [
      ...missing,
      ...badEntries(file, auths ?? [], undecodableKeys(authFile)),
      ...droppedFields(file, parsed.node),
    ],
  };
}

function badEntries(
  { file, text }: PullSecretFile,
  auths: readonly JsonMember[],
  keys: readonly string[],
): Diagnostic[] {
  return auths
    .filter(({ key }) => keys.includes(key))
    .map(({ key, keyPlace }) => ({
      code: 'auth-bad-base64',
      severity: 'error',
      message: `"auth" of ${key} is not base64`,
      at: jsonSpan(file, text, keyPlace),
      expected: 'user:password in base64',
      hint: 'with such an entry every pull from there fails',
    }));
}

function membersOf(root: JsonNode, field: string): readonly JsonMember[] | undefined {
  const node = jsonMember(root, field);
  return node?.kind === 'object' ? node.members : undefined;
}

function noAuths({ file, text }: PullSecretFile, root: JsonNode): Diagnostic {
  return {
    code: 'auth-json-type',
    severity: 'error',
    message: 'the file has no "auths"',
    at: jsonSpan(file, text, root),
    expected: '{"auths": {"registry.example.com": {"auth": ...}}}',
    hint: 'of a Secret, decode data[".dockerconfigjson"] first',
  };
}

function droppedFields({ file, text }: PullSecretFile, root: JsonNode): Diagnostic[] {
  const members = root.kind === 'object' ? root.members : [];
  return members
    .filter(({ key }) => key !== 'auths' && key !== 'credHelpers')
    .map(({ key, keyPlace }) => ({
      code: 'pull-secret-field-dropped',
      severity: 'warning',
      message: `the field ${JSON.stringify(key)} is not carried over`,
      at: jsonSpan(file, text, keyPlace),
    }));
}

interface SecretEntries {
  readonly file: PullSecretFile;
  readonly entries: readonly JsonMember[];
}

interface MergedEntries {
  readonly keys: readonly string[];
  readonly entries: Readonly<Record<string, unknown>>;
  readonly conflicts: readonly Diagnostic[];
}

function mergeEntries(secrets: readonly SecretEntries[]): MergedEntries {
  const merged = new Map<string, { readonly member: JsonMember; readonly file: PullSecretFile }>();
  const conflicts: Diagnostic[] = [];
  for (const { file, entries } of secrets) {
    for (const member of entries) {
      const known = merged.get(member.key);
      if (known && canonical(known.member.value) !== canonical(member.value)) {
        conflicts.push(conflict(member, file, known.member, known.file));
      }
      merged.set(member.key, { member, file });
    }
  }
  const keys = [...merged.keys()].sort(compareBytes);
  const values = keys.map((key) => [key, plain(merged.get(key)?.member.value)] as const);
  return { keys, entries: Object.fromEntries(values), conflicts };
}

function conflict(member: JsonMember, file: PullSecretFile, other: JsonMember, otherFile: PullSecretFile): Diagnostic {
  return {
    code: 'pull-secret-conflict',
    severity: 'warning',
    message: `${member.key} has other credentials than in ${otherFile.file}, these are taken`,
    at: jsonSpan(file.file, file.text, member.keyPlace),
    related: [{ message: 'not taken', at: jsonSpan(otherFile.file, otherFile.text, other.keyPlace) }],
    hint: 'the file that is named last wins',
  };
}

function canonical(node: JsonNode): string {
  return JSON.stringify(plain(node));
}

// Members sorted, the last of repeated ones. Entries are shallow, deeper nesting than a real one is refused before.
function plain(node: JsonNode | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'object') {
    const members = new Map(node.members.map(({ key, value }) => [key, value]));
    const keys = [...members.keys()].sort(compareBytes);
    return Object.fromEntries(keys.map((key) => [key, plain(members.get(key))]));
  }
  if (node.kind === 'array') return node.items.map(plain);
  return node.kind === 'number' ? Number(node.text) : node.value;
}
