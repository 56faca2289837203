import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import {
  bitString,
  boolean,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  tagged,
  utcTime,
  utf8String,
} from './der.ts';

/** A certificate and its key, both as PEM text. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** A private certificate authority for tests. */
export interface TestAuthority extends KeyedCertificate {
  /** A certificate for servers, or clients, of those DNS names and IP addresses. */
  issue(names: readonly string[], validity?: Validity): KeyedCertificate;
}

export interface Validity {
  readonly from: Date;
  readonly to: Date;
}

/** Makes an authority with a fresh P-256 key, without any program beside Node. */
export function createAuthority(name = 'pullpath test authority'): TestAuthority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const self = { name, key: keys.privateKey };
  const extensions = [extension(basicConstraints, sequence(boolean(true)), true)];
  return {
    certificate: signCertificate(name, keys.publicKey, extensions, self, aroundNow()),
    key: pemOfKey(keys.privateKey),
    issue: (names, validity = aroundNow()) => issue(names, self, validity),
  };
}

interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
}

const commonName = '2.5.4.3';
const basicConstraints = '2.5.29.19';
const subjectAltName = '2.5.29.17';
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const day = 24 * 60 * 60 * 1000;

function issue(names: readonly string[], issuer: Issuer, validity: Validity): KeyedCertificate {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = [extension(subjectAltName, sequence(...names.map(generalName)), false)];
  const certificate = signCertificate(names[0] ?? 'localhost', keys.publicKey, extensions, issuer, validity);
  return { certificate, key: pemOfKey(keys.privateKey) };
}

function aroundNow(): Validity {
  return { from: new Date(Date.now() - day), to: new Date(Date.now() + day) };
}

/** RFC 5280 4.1. */
function signCertificate(
  subject: string,
  publicKey: KeyObject,
  extensions: readonly Uint8Array[],
  issuer: Issuer,
  { from, to }: Validity,
): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(createHash('sha256').update(spki).digest().subarray(0, 8)),
    ecdsaWithSha256,
    distinguishedName(issuer.name),
    sequence(utcTime(from), utcTime(to)),
    distinguishedName(subject),
    spki,
    tagged(0xa3, sequence(...extensions)),
  );
  return pem('CERTIFICATE', sequence(body, ecdsaWithSha256, bitString(sign('sha256', body, issuer.key))));
}

function distinguishedName(name: string): Buffer {
  return sequence(set(sequence(objectIdentifier(commonName), utf8String(name))));
}

function extension(id: string, value: Uint8Array, critical: boolean): Buffer {
  return sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

function generalName(name: string): Buffer {
  if (isIP(name) === 0) return tagged(0x82, Buffer.from(name));
  if (!isIPv4(name)) throw new Error(`${name}: only IPv4 addresses are supported`);
  return tagged(0x87, Buffer.from(name.split('.').map(Number)));
}

function pemOfKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
