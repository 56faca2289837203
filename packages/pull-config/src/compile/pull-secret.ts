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
  if (typeof plain !== 'string' && (encoded === undefined || encoded === ''))
    return { faults: [secretFault(placeToBlame(secret), 'is not there')] };
  const text = typeof plain === 'string' ? plain : decoded(encoded);
  if (text === undefined) return { faults: [secretFault({ of: secret, path: ['data', key] }, 'is not base64')] };
  const why = jsonFault(text);
  return why === undefined ? { text, faults: [] } : { faults: [secretFault(placeToBlame(secret), why)] };
}

// Not at the value: a report that shows the line would show the secret. One that stands in an install-config has no other place.
function placeToBlame(secret: LocatedObject): Origin {
  if (secret.source === undefined && secret.embedded) return { of: secret.embedded.in, path: secret.embedded.path };
  return { of: secret, path: ['metadata', 'name'] };
}

function decoded(encoded: unknown): string | undefined {
  const bytes = typeof encoded === 'string' ? decodeBase64(encoded) : undefined;
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
