import { parseFlag } from '../http/list-options.ts';
import type { WriteOptions } from '../rest/write.ts';
import { forbiddenValue, requiredValue, unsupportedValue } from '../status/field-faults.ts';
import { type FieldFault, invalid } from '../status/status.ts';
import type { Call } from './call.ts';

/** How unknown and repeated fields are taken. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export interface CheckedOptions extends WriteOptions {
  readonly fieldValidation: FieldValidation;
  readonly force: boolean;
}

type OptionsKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions';

/** The query of a write. Throws `ApiError` 422 in the words of `ValidateCreateOptions` and its like. `apply` for a server-side apply. */
export function writeOptions(
  call: Pick<Call, 'request' | 'target' | 'user' | 'warnings'>,
  kind: OptionsKind,
  apply = false,
): CheckedOptions {
  const { query, headers } = call.request;
  const faults = [...(kind === 'PatchOptions' ? patchFaults(query, apply) : []), ...sharedFaults(query)];
  if (faults.length > 0) throw invalid({ group: 'meta.k8s.io', kind }, '', faults);
  return {
    manager: query.get('fieldManager') || managerOfAgent(headers['user-agent'] ?? ''),
    dryRun: isDryRun(query),
    subresource: call.target.subresource,
    user: call.user,
    warn: (text) => call.warnings.add(text),
    fieldValidation: (query.get('fieldValidation') || 'Warn') as FieldValidation,
    force: parseFlag(query.get('force')) ?? false,
  };
}

/** `dryRun=All`, already known to be nothing else. */
export function isDryRun(query: URLSearchParams): boolean {
  return query.getAll('dryRun').some((value) => value === 'All');
}

/** Faults of `dryRun` values; the list is shown as a whole. */
export function dryRunFaults(values: readonly string[]): FieldFault[] {
  return values.every((value) => value === 'All') ? [] : [unsupportedValue('dryRun', values, ['All'])];
}

function patchFaults(query: URLSearchParams, apply: boolean): FieldFault[] {
  if (!apply) {
    return query.get('force') === null ? [] : [forbiddenValue('force', 'may not be specified for non-apply patch')];
  }
  return query.get('fieldManager') ? [] : [requiredValue('fieldManager', 'is required for apply patch')];
}

const longestManager = 128;

function sharedFaults(query: URLSearchParams): FieldFault[] {
  const manager = query.get('fieldManager') ?? '';
  const validation = query.get('fieldValidation') ?? '';
  return [
    ...managerFaults(manager),
    ...dryRunFaults(query.getAll('dryRun')),
    ...(['', 'Ignore', 'Strict', 'Warn'].includes(validation)
      ? []
      : [unsupportedValue('fieldValidation', validation, ['', 'Ignore', 'Strict', 'Warn'])]),
  ];
}

function managerFaults(manager: string): FieldFault[] {
  const field = 'fieldManager';
  if (Buffer.byteLength(manager) > longestManager) {
    return [{ reason: 'FieldValueTooLong', message: `Too long: may not be more than ${longestManager} bytes`, field }];
  }
  const at = manager.search(/\p{C}/u);
  if (at < 0) return [];
  const code = manager.codePointAt(at)?.toString(16).toUpperCase().padStart(4, '0');
  const position = Buffer.byteLength(manager.slice(0, at));
  const message = `Invalid value: ${goQuoted(manager)}: invalid character U+${code} (at position ${position})`;
  return [{ reason: 'FieldValueInvalid', message, field }];
}

/** A text in quotes as Go shows it: escapes of two digits where two are enough. */
function goQuoted(text: string): string {
  const spelled = (character: string): string => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  const escaped = JSON.stringify(text).replaceAll(/\p{C}/gu, spelled);
  return escaped.replaceAll(/\\u00([01][0-9a-f]|7f)/g, '\\x$1');
}

/** The default manager: the User-Agent up to its first slash. */
function managerOfAgent(agent: string): string {
  const name = (agent.split('/')[0] ?? '').replaceAll(/\p{C}/gu, '');
  return name.slice(0, longestManager) || 'unknown';
}
