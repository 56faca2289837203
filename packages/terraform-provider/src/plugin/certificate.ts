import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bitString, identifier, sequence, tagged, utcTime } from './der.ts';

export interface PluginCertificate {
  readonly der: Uint8Array;
  readonly pem: string;
  readonly key: KeyObject;
}

/**
 * A self-signed P-256 certificate for the plug-in's side of AutoMTLS, with a fresh key: subject `CN=localhost`, alternative
 * name `localhost` (core verifies that name), usable by server and client. Nothing else is in it: further subject details
 * break some platforms (hashicorp/go-plugin #109, #193).
 */
export function createPluginCertificate(now: Date = new Date()): PluginCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    serialNumber(),
    ecdsaWithSha256,
    localhost,
    sequence(utcTime(hoursFrom(now, -1)), utcTime(hoursFrom(now, 24 * 365))),
    localhost,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeName, extendedKeyUsage, basicConstraints)),
  );
  const der = sequence(body, ecdsaWithSha256, bitString(sign('sha256', body, privateKey)));
  return { der, pem: pemOf(der), key: privateKey };
}

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
const localhost = sequence(tagged(0x31, sequence(identifier('550403'), tagged(0x0c, Buffer.from('localhost')))));
const alternativeName = extension('551d11', sequence(tagged(0x82, Buffer.from('localhost'))));
const serverAndClient = sequence(identifier('2b06010505070301'), identifier('2b06010505070302'));
const extendedKeyUsage = extension('551d25', serverAndClient);
const isAuthority = sequence(tagged(0x01, Buffer.from([0xff])));
const basicConstraints = extension('551d13', isAuthority);

function extension(id: string, value: Uint8Array): Buffer {
  return sequence(identifier(id), tagged(0x04, value));
}

// Positive and not zero, whatever the random bytes are.
function serialNumber(): Buffer {
  return tagged(0x02, Buffer.from([1]), randomBytes(15));
}

function hoursFrom(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * 3_600_000);
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
