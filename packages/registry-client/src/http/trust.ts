import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { RegistryError } from '../registry-error.ts';

/** Whom a client believes and as whom it appears. All texts are PEM. */
export interface TrustOptions {
  /** Trusted beside the roots of the system and of Node. */
  readonly authorities?: readonly string[] | undefined;
  readonly clients?: readonly { readonly certificate: string; readonly key: string }[] | undefined;
}

/**
 * The TLS context of a client. As containers/image does, text among the authorities that is no certificate is ignored.
 * Throws `registry-tls` for a client pair that does not load.
 */
export function secureContextOf({ authorities = [], clients = [] }: TrustOptions): SecureContext {
  const ca = [...systemRoots(), ...authorities.flatMap(pemBlocks).filter(isCertificate)];
  try {
    return createSecureContext({
      ca,
      ...(clients.length > 0 ? { cert: clients.map((it) => it.certificate), key: clients.map((it) => it.key) } : {}),
    });
  } catch (cause) {
    const hint = 'the .cert and .key of a host must be PEM and belong to each other';
    throw new RegistryError('registry-tls', 'a client certificate or its key does not load', { hint, cause });
  }
}

let roots: readonly string[] | undefined;

function systemRoots(): readonly string[] {
  roots ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  return roots;
}

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

function pemBlocks(text: string): string[] {
  return text
    .split(begin)
    .slice(1)
    .map((block) => block.split(end, 1)[0] ?? '')
    .map((body) => `${begin}${body}${end}\n`);
}

function isCertificate(pem: string): boolean {
  try {
    createSecureContext({ ca: pem });
    return true;
  } catch {
    // Not a swallowed failure: this is the question that was asked.
    return false;
  }
}
