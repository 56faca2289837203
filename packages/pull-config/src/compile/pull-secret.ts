import { type LocatedObject, type Origin, valueAt } from '@pullpath/api';
import { decodeBase64, decodeUtf8 } from '../pull/base64.ts';
import type { RuleFault } from './faults.ts';

const key = '.dockerconfigjson';

/**
 * The text of the global pull secret as nodes get it in /var/lib/kubelet/config.json: byte for byte what the Secret holds.
 * Faults never quote it.
 */
export function pullSecretText(secret: LocatedObject): {
  readonly text?: string;
  readonly faults: readonly RuleFault[];
} {
  const plain = valueAt(secret.object, ['stringData', key]);
  const encoded = valueAt(secret.object, ['data', key]);
  const text = typeof plain === 'string' ? plain : decoded(encoded);
  const why = text === undefined ? 'is not there as base64' : jsonFault(text);
  if (text !== undefined && why === undefined) return { text, faults: [] };
  return { faults: [secretFault(placeToBlame(secret), why ?? '')] };
}

// Not at the value: a report that shows the line would show the secret. One that stands in an install-config has no other place.
function placeToBlame(secret: LocatedObject): Origin {
  if (secret.source === undefined && secret.embedded) return { of: secret.embedded.in, path: secret.embedded.path };
  return { of: secret, path: ['metadata', 'name'] };
}

function decoded(encoded: unknown): string | undefined {
  const bytes = typeof encoded === 'string' && encoded !== '' ? decodeBase64(encoded) : undefined;
  return bytes && decodeUtf8(bytes);
}

function jsonFault(text: string): string | undefined {
  const auths = valueAt(parsed(text), ['auths']);
  return typeof auths === 'object' && auths !== null && !Array.isArray(auths)
    ? undefined
    : 'is no JSON object with a map "auths"';
}

// The parser's own message would quote the text.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function secretFault(origin: Origin, why: string): RuleFault {
  return {
    code: 'pull-secret-format',
    message: `${key} of the pull secret ${why}`,
    origin,
    expected: '{"auths": {"HOST": {"auth": "BASE64"}}}',
  };
}
