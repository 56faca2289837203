import { type Path, valueAt } from '@pullpath/api';
import { parseNormalizedNamed } from '@pullpath/oci';
import type { GoJson } from '../formats/go-json.ts';
import { decodeBase64, encodeBase64 } from '../pull/base64.ts';
import { isRemapPrefix } from '../pull/policy/reference-match.ts';

/** A requirement of policy.json; fields stand in the order in which containers/image writes them. */
export type RequirementJson = { readonly type: string; readonly [key: string]: GoJson | undefined };

/** A part of a policy that cannot be used; `path` starts at the policy. */
export interface RequirementFault {
  readonly path: Path;
  readonly message: string;
}

/**
 * `spec.policy` of a ClusterImagePolicy or ImagePolicy as the `sigstoreSigned` requirement that machine-config-operator
 * makes of it. `policy` is unchecked data: instead of a requirement there may be faults, all of them.
 */
export function policyRequirement(policy: unknown): {
  readonly requirement?: RequirementJson;
  readonly faults: readonly RequirementFault[];
} {
  const reader = readerOf(policy);
  const requirement = {
    type: 'sigstoreSigned',
    ...rootOfTrust(reader),
    signedIdentity: signedIdentity(reader),
  };
  return reader.faults.length > 0 ? { faults: reader.faults } : { requirement, faults: [] };
}

type Fields = Record<string, GoJson | undefined>;

function rootOfTrust(reader: Reader): Fields {
  const at = (...steps: string[]): Path => ['rootOfTrust', ...steps];
  switch (reader.optional(at('policyType')) ?? '') {
    case 'PublicKey':
      return publicKey(reader, at('publicKey'));
    case 'FulcioCAWithRekor':
      return fulcio(reader, at('fulcioCAWithRekor'));
    case 'PKI':
      return { pki: pki(reader, at('pki')) };
    default:
      return reader.refuse(at('policyType'), 'must be PublicKey, FulcioCAWithRekor or PKI') ?? {};
  }
}

function publicKey(reader: Reader, root: Path): Fields {
  return {
    keyData: reader.bytes([...root, 'keyData']),
    rekorPublicKeyData: reader.optionalBytes([...root, 'rekorKeyData']),
  };
}

function fulcio(reader: Reader, root: Path): Fields {
  return {
    fulcio: {
      caData: reader.bytes([...root, 'fulcioCAData']),
      oidcIssuer: reader.text([...root, 'fulcioSubject', 'oidcIssuer']),
      subjectEmail: reader.text([...root, 'fulcioSubject', 'signedEmail']),
    },
    rekorPublicKeyData: reader.bytes([...root, 'rekorKeyData']),
  };
}

function pki(reader: Reader, root: Path): Fields {
  const email = reader.optional([...root, 'pkiCertificateSubject', 'email']);
  const hostname = reader.optional([...root, 'pkiCertificateSubject', 'hostname']);
  if (!email && !hostname) reader.refuse([...root, 'pkiCertificateSubject'], 'must hold an email or a hostname');
  return {
    caRootsData: reader.bytes([...root, 'caRootsData']),
    caIntermediatesData: reader.optionalBytes([...root, 'caIntermediatesData']),
    subjectEmail: email,
    subjectHostname: hostname,
  };
}

function signedIdentity(reader: Reader): Fields {
  const at = (...steps: string[]): Path => ['signedIdentity', ...steps];
  switch (reader.optional(at('matchPolicy')) ?? 'MatchRepoDigestOrExact') {
    case 'MatchRepoDigestOrExact':
      return { type: 'matchRepoDigestOrExact' };
    case 'MatchRepository':
      return { type: 'matchRepository' };
    case 'ExactRepository':
      return { type: 'exactRepository', dockerRepository: repository(reader, at('exactRepository', 'repository')) };
    case 'RemapIdentity':
      return {
        type: 'remapIdentity',
        prefix: remapPrefix(reader, at('remapIdentity', 'prefix')),
        signedPrefix: remapPrefix(reader, at('remapIdentity', 'signedPrefix')),
      };
    default:
      return reader.refuse(at('matchPolicy'), `must be one of ${matchPolicies.join(', ')}`) ?? {};
  }
}

function repository(reader: Reader, path: Path): string | undefined {
  const text = reader.text(path);
  if (text === undefined || parseNormalizedNamed(text).ok) return text;
  return reader.refuse(path, 'must be a repository');
}

function remapPrefix(reader: Reader, path: Path): string | undefined {
  const text = reader.text(path);
  if (text === undefined || isRemapPrefix(text)) return text;
  return reader.refuse(path, 'must be host[:port][/path], without tag or digest');
}

const matchPolicies: readonly string[] = [
  'MatchRepoDigestOrExact',
  'MatchRepository',
  'ExactRepository',
  'RemapIdentity',
];

/** Reads fields of a policy and collects what is wrong with them. Bytes come back in canonical base64. */
interface Reader {
  readonly faults: readonly RequirementFault[];
  refuse(path: Path, message: string): undefined;
  optional(path: Path): string | undefined;
  text(path: Path): string | undefined;
  optionalBytes(path: Path): string | undefined;
  bytes(path: Path): string | undefined;
}

function readerOf(policy: unknown): Reader {
  const faults: RequirementFault[] = [];
  const refuse = (path: Path, message: string): undefined => void faults.push({ path, message });
  const optional = (path: Path): string | undefined => {
    const value = valueAt(policy, path);
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'string' ? value : refuse(path, 'must be a string');
  };
  const text = (path: Path): string | undefined => optional(path) ?? refuse(path, 'is required');
  const canonical = (path: Path, value: string | undefined): string | undefined => {
    const bytes = value === undefined ? undefined : decodeBase64(value);
    if (bytes) return encodeBase64(bytes);
    return value === undefined ? undefined : refuse(path, 'must be base64');
  };
  const optionalBytes = (path: Path): string | undefined => canonical(path, optional(path));
  return { faults, refuse, optional, text, optionalBytes, bytes: (path) => canonical(path, text(path)) };
}
