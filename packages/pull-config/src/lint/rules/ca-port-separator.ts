import { type LocatedObject, type Path, renameKey, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { configMapKind, objectsOfKind } from '../../collect/objects.ts';
import { diagnose } from '../../diagnose.ts';
import { isPortNumber } from '../hosts.ts';
import { locations, splitLocation } from '../locations.ts';
import type { LintContext, LintRule } from '../rule.ts';

const code = 'ca-port-separator';

/** A key of the trusted CA ConfigMap that means `host:port` and does not say so: the separator is `..`. */
export const caPortSeparator: LintRule = {
  code,
  severity: 'error',
  why: 'A ConfigMap key cannot hold a colon, so two dots stand for it; with any other separator the certificate is for a host that does not exist.',
  changesNodeFiles: true,
  check: findKeys,
};

function findKeys(context: LintContext): Diagnostic[] {
  const trusted = new Set(context.scopes.map(({ rules }) => rules.trustedCA));
  const hosts = new Set(locations(context).map(({ text }) => splitLocation(text).host));
  return objectsOfKind(context.objects, configMapKind).flatMap((configMap) =>
    entriesOf(configMap)
      .filter(({ value }) => trusted.has(configMap) || value.includes('-----BEGIN CERTIFICATE'))
      .flatMap(({ key, path }) => {
        const meant = withColon(key) ?? (trusted.has(configMap) ? withOtherSeparator(key, hosts) : undefined);
        return meant === undefined ? [] : [report(configMap, path, meant)];
      }),
  );
}

interface CaEntry {
  readonly key: string;
  readonly path: Path;
  readonly value: string;
}

function entriesOf({ object }: LocatedObject): CaEntry[] {
  return ['data', 'binaryData'].flatMap((field) =>
    Object.entries(valueAt(object, [field]) ?? {}).map(([key, value]) => ({
      key,
      path: [field, key],
      value: typeof value === 'string' ? value : '',
    })),
  );
}

interface MeantKey {
  readonly severity: 'error' | 'warning';
  readonly written: string;
  readonly host: string;
  readonly port: string;
}

function withColon(key: string): MeantKey | undefined {
  return splitAt(key, key.lastIndexOf(':'), 'error');
}

/** A dot before digits is no domain; a dash or underscore can be one, unless a rule names that host with that port. */
function withOtherSeparator(key: string, hosts: ReadonlySet<string>): MeantKey | undefined {
  if (key.includes('..') || isAddress(key)) return undefined;
  const split = splitAt(key, Math.max(...['.', '-', '_'].map((separator) => key.lastIndexOf(separator))), 'warning');
  if (split === undefined) return undefined;
  const isDot = key[split.host.length] === '.' && !hosts.has(key);
  return isDot || hosts.has(`${split.host}:${split.port}`) ? split : undefined;
}

function splitAt(key: string, at: number, severity: MeantKey['severity']): MeantKey | undefined {
  const [host, port] = [key.slice(0, Math.max(at, 0)), key.slice(at + 1)];
  return host !== '' && isPortNumber(port) ? { severity, written: key, host, port } : undefined;
}

function isAddress(key: string): boolean {
  const parts = key.split('.');
  return parts.length === 4 && parts.every((part) => isPortNumber(part));
}

function report(of: LocatedObject, path: Path, { severity, written, host, port }: MeantKey): Diagnostic {
  const right = `${host}..${port}`;
  const isTaken = valueAt(of.object, [...path.slice(0, -1), right]) !== undefined;
  const edits = isTaken ? undefined : renameKey(of, path, right);
  const message =
    severity === 'error'
      ? `a ConfigMap cannot have the key "${written}", the API server refuses the colon`
      : `key "${written}" is read as a host name, so no node trusts this certificate for ${host}:${port}`;
  return {
    ...diagnose(
      severity,
      code,
      message,
      { of, path },
      { expected: right, hint: `write ${host}:${port} as "${right}"` },
    ),
    at: of.source?.keySpan(path),
    ...(edits && { fix: { title: `rename the key to ${right}`, edits } }),
  };
}
