import 'reflect-metadata';
import { createPrivateKey, X509Certificate as NodeCertificate, randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

cryptoProvider.set(webcrypto as unknown as Parameters<typeof cryptoProvider.set>[0]);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 24 * 3600 * 1000;
/** Days that certificates last, and before whose end they are renewed. */
const lifetimes = { authority: 3650, leaf: 365, renewal: 60 } as const;

/** A new certificate authority for one data directory. */
export async function mintAuthority(now: Date): Promise<KeyPair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=pullpath-ca',
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + lifetimes.authority * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** A server certificate for names and addresses. */
export async function mintServer(authority: KeyPair, hosts: readonly string[], now: Date): Promise<KeyPair> {
  const names = hosts.map((value) => ({ type: isAddress(value) ? ('ip' as const) : ('dns' as const), value }));
  return mintLeaf(authority, 'CN=pullpath-server', now, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(names),
  ]);
}

/** A client certificate: the common name is the user, each organization a group (Kubernetes X.509 client certificates). */
export async function mintClient(
  authority: KeyPair,
  user: string,
  groups: readonly string[],
  now: Date,
): Promise<KeyPair> {
  const subject = [...groups.map((group) => `O=${group}`), `CN=${user}`].join(', ');
  return mintLeaf(authority, subject, now, [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])]);
}

/** True where a certificate is not of this authority, lacks a host, or ends soon. */
export function needsRenewal(
  { certificate }: KeyPair,
  authority: KeyPair,
  hosts: readonly string[],
  now: Date,
): boolean {
  const own = new NodeCertificate(certificate);
  const issuer = new NodeCertificate(authority.certificate);
  const covers = hosts.every((host) => (isAddress(host) ? own.checkIP(host) : own.checkHost(host)) !== undefined);
  const left = Date.parse(own.validTo) - now.getTime();
  return !covers || left < lifetimes.renewal * day || !own.verify(issuer.publicKey);
}

async function mintLeaf(
  authority: KeyPair,
  subject: string,
  now: Date,
  extensions: readonly LeafExtension[],
): Promise<KeyPair> {
  const keys = await newKeys();
  const issuer = new X509Certificate(authority.certificate);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: issuer.subject,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + lifetimes.leaf * day),
    signingAlgorithm: algorithm,
    signingKey: await importKey(authority.key),
    publicKey: keys.publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await AuthorityKeyIdentifierExtension.create(issuer),
      ...extensions,
    ],
  });
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

type LeafExtension = ExtendedKeyUsageExtension | SubjectAlternativeNameExtension;

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']) as Promise<webcrypto.CryptoKey>;
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

// Positive and unguessable.
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}
