import { formatPath, type LocatedObject, objectName } from '@pullpath/api';
import type { Diagnostic, Severity } from '@pullpath/diagnostics';
import { type AuthFile, readAuthFile, undecodableKeys } from '../../pull/credentials/auth-file.ts';
import { findCredentials } from '../../pull/credentials/find.ts';
import { type JsonNode, jsonMember, parseJsonText } from '../../pull/json-text.ts';
import type { LocatedSource } from './sources.ts';

export interface PullSecretCheck {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent when the secret cannot be used. Holds secrets. */
  readonly authFile?: AuthFile;
}

/**
 * `pullSecret` of install-config: a JSON text with `auths`, each entry with `auth` or `credsStore` (the installer's rule),
 * and credentials for every mirror by the lookup that nodes use (containers/image `pkg/docker/config`). A mirror without
 * any is a warning: it may let everyone read. No value of the secret is ever repeated.
 */
export function checkPullSecret(config: LocatedObject, sources: readonly LocatedSource[]): PullSecretCheck {
  const text = config.object['pullSecret'];
  if (text === undefined || text === null || text === '') return unusable(config, 'the pull secret is missing');
  if (typeof text !== 'string') return unusable(config, 'the pull secret is not a text');
  const parsed = parseJsonText(text);
  if (!parsed.ok) return unusable(config, `the pull secret is not JSON: ${parsed.message}`);
  const authFile = readAuthFile({ file: 'pullSecret', text });
  if (authFile.diagnostics.length > 0) return unusable(config, ...authFile.diagnostics.map(({ message }) => message));
  const undecodable = undecodableKeys(authFile).map((key) => `"auth" of ${key} in the pull secret is not base64`);
  const refused = unusable(config, ...entryFaults(parsed.node), ...undecodable);
  return { diagnostics: [...refused.diagnostics, ...uncoveredMirrors(config, authFile, sources)], authFile };
}

function unusable(config: LocatedObject, ...messages: string[]): PullSecretCheck {
  return { diagnostics: messages.map((message) => fault(config, 'install-config-pull-secret', 'error', message)) };
}

function entryFaults(root: JsonNode): string[] {
  const auths = jsonMember(root, 'auths');
  if (auths?.kind !== 'object' || auths.members.length === 0) return ['the pull secret has no auths'];
  return auths.members.flatMap(({ key, value }) => {
    const has = (name: string): boolean => {
      const member = jsonMember(value, name);
      return member?.kind === 'string' && member.value !== '';
    };
    return has('auth') || has('credsStore') ? [] : [`${key} of the pull secret requires either auth or credsStore`];
  });
}

function uncoveredMirrors(config: LocatedObject, authFile: AuthFile, sources: readonly LocatedSource[]): Diagnostic[] {
  const seen = new Set<string>();
  return sources.flatMap(({ path, mirrors }) =>
    mirrors.flatMap((mirror, index) => {
      if (seen.has(mirror) || findCredentials([authFile], mirror).kind !== 'none') return [];
      seen.add(mirror);
      const at = config.source?.span([...path, 'mirrors', index]);
      const found = fault(
        config,
        'install-config-no-credentials',
        'warning',
        `the pull secret has no credentials for the mirror ${mirror}`,
      );
      const hint = 'add them with "pullpath pull-secret merge", unless the mirror lets everyone pull';
      return [{ ...found, at, path: formatPath([...path, 'mirrors', index]), hint }];
    }),
  );
}

function fault(
  config: LocatedObject,
  code: 'install-config-pull-secret' | 'install-config-no-credentials',
  severity: Severity,
  message: string,
): Diagnostic {
  const at = config.source?.keySpan(['pullSecret']);
  return { code, severity, message, at, object: objectName(config.object), path: 'pullSecret' };
}
