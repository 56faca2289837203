import { valueAt } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import { readContents } from '../config/contents.ts';

/** Where a machine gets its configuration from. */
export interface IgnitionSource {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Authorities to trust beside those of the system, PEM. */
  readonly authorities: readonly string[];
}

/** Reads the stub that a machine boots with: Ignition 3.x that replaces itself by, or merges, one document from elsewhere. */
export function readUserData(text: string): IgnitionSource {
  const stub = parsed(text);
  const merged = valueAt(stub, ['ignition', 'config', 'merge', 0]);
  const source = merged ?? valueAt(stub, ['ignition', 'config', 'replace']);
  const url = valueAt(source, ['source']);
  if (typeof url !== 'string') throw unusable('it names no configuration to merge');
  return { url, headers: headersOf(source), authorities: authoritiesOf(stub) };
}

function headersOf(source: unknown): Record<string, string> {
  const headers = listOf(valueAt(source, ['httpHeaders']));
  return Object.fromEntries(headers.map((header) => [textAt(header, 'name'), textAt(header, 'value')]));
}

function authoritiesOf(stub: unknown): string[] {
  return listOf(valueAt(stub, ['ignition', 'security', 'tls', 'certificateAuthorities'])).map((authority) => {
    const contents = readContents(authority);
    if (!contents.ok) throw unusable(`the authority of its configuration: ${contents.message}`);
    return contents.bytes.toString();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unusable('it is no JSON', cause);
  }
}

function unusable(why: string, cause?: unknown): CodedError {
  return new CodedError('user-data-unusable', `the user data cannot be booted from: ${why}`, { cause });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textAt(data: unknown, name: string): string {
  const value = valueAt(data, [name]);
  return typeof value === 'string' ? value : '';
}
