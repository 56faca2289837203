import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import { isDomain } from '@pullpath/oci';
import { trustBundleBlocks } from '../convert/install-config/trust-bundle.ts';
import { compareBytes } from '../formats/go-order.ts';
import { decodeBase64, decodeUtf8 } from '../pull/base64.ts';
import type { RuleFault } from './faults.ts';

/** A certificate authority for one registry host. */
export interface TrustedCertificate {
  /** `host` or `host:port`; the name of a directory below certs.d. */
  readonly host: string;
  readonly pem: string;
}

/**
 * The certificate authorities of an `additionalTrustedCA` ConfigMap, by key, `data` before `binaryData`. In a key `..`
 * stands for the colon before a port. A value of `data` that happens to be base64 is decoded, as the machine-config-operator
 * does; a value that is no PEM is written all the same and reported. A key that is no host is left out.
 */
export function trustedCertificates(configMap: LocatedObject): {
  readonly certificates: readonly TrustedCertificate[];
  readonly faults: readonly RuleFault[];
} {
  const faults: RuleFault[] = [];
  const certificates = new Map<string, TrustedCertificate>();
  for (const { key, path, text } of entriesOf(configMap)) {
    const host = key.replaceAll('..', ':');
    if (!isDomain(host)) faults.push(keyFault(configMap, path, key));
    else if (!certificates.has(host)) certificates.set(host, { host, pem: text ?? '' });
    if (!hasCertificates(text ?? '')) faults.push(pemFault(configMap, path, key));
  }
  return { certificates: [...certificates.values()], faults };
}

interface CaEntry {
  readonly key: string;
  readonly path: Path;
  /** Undefined where `binaryData` is no base64. */
  readonly text: string | undefined;
}

function entriesOf(configMap: LocatedObject): CaEntry[] {
  return [
    ...stringsAt(configMap, 'data').map(({ value, ...at }) => ({ ...at, text: textOf(value) ?? value })),
    ...stringsAt(configMap, 'binaryData').map(({ value, ...at }) => ({ ...at, text: textOf(value) })),
  ];
}

function stringsAt(configMap: LocatedObject, field: string): { key: string; path: Path; value: string }[] {
  const map = valueAt(configMap.object, [field]);
  if (typeof map !== 'object' || map === null) return [];
  return Object.entries(map)
    .sort(([a], [b]) => compareBytes(a, b))
    .flatMap(([key, value]) => (typeof value === 'string' ? [{ key, path: [field, key], value }] : []));
}

function textOf(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes && decodeUtf8(bytes);
}

/** True when a text holds PEM certificates and every block of it is one. */
export function hasCertificates(pem: string): boolean {
  const blocks = trustBundleBlocks(pem);
  return blocks.length > 0 && blocks.every(({ fault }) => fault === undefined);
}

function keyFault(of: LocatedObject, path: Path, key: string): RuleFault {
  return {
    code: 'trusted-ca-key',
    severity: 'warning',
    message: `key "${key}" names no registry host, no node trusts this certificate for anything`,
    origin: { of, path },
    expected: 'host, or host..port',
  };
}

function pemFault(of: LocatedObject, path: Path, key: string): RuleFault {
  return {
    code: 'trusted-ca-not-pem',
    severity: 'warning',
    message: `the value of "${key}" is not made of PEM certificates`,
    origin: { of, path },
    hint: 'pulls from this host fail with an unknown authority; data takes the PEM text, binaryData its base64',
  };
}
