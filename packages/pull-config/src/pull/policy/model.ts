/** A policy.json of containers/image (`containers-policy.json(5)`). Scopes by transport; the empty scope is a transport's default. */
export interface Policy {
  readonly default: PolicyRequirements;
  readonly transports: ReadonlyMap<string, ReadonlyMap<string, PolicyRequirements>>;
}

/** All of them must hold. */
export type PolicyRequirements = readonly PolicyRequirement[];

export type PolicyRequirement =
  | { readonly type: 'insecureAcceptAnything' }
  | { readonly type: 'reject' }
  | SignedByRequirement
  | { readonly type: 'signedBaseLayer'; readonly baseLayerIdentity: ReferenceMatch }
  | SigstoreSignedRequirement;

/** A GPG signature. Exactly one of the three key members is set; key data is base64. */
interface SignedByRequirement {
  readonly type: 'signedBy';
  readonly keyType: KeyType;
  readonly keyPath?: string | undefined;
  readonly keyPaths?: readonly string[] | undefined;
  readonly keyData?: string | undefined;
  readonly signedIdentity: ReferenceMatch;
}

export type KeyType = (typeof keyTypes)[number];

export const keyTypes = ['GPGKeys', 'signedByGPGKeys', 'X509Certificates', 'signedByX509CAs'] as const;

/** A sigstore signature. Exactly one source of keys is set; data is base64. */
interface SigstoreSignedRequirement {
  readonly type: 'sigstoreSigned';
  readonly keyPath?: string | undefined;
  readonly keyPaths?: readonly string[] | undefined;
  readonly keyData?: string | undefined;
  readonly keyDatas?: readonly string[] | undefined;
  readonly fulcio?: FulcioTrust | undefined;
  readonly pki?: PkiTrust | undefined;
  readonly rekorPublicKeyPath?: string | undefined;
  readonly rekorPublicKeyPaths?: readonly string[] | undefined;
  readonly rekorPublicKeyData?: string | undefined;
  readonly rekorPublicKeyDatas?: readonly string[] | undefined;
  readonly signedIdentity: ReferenceMatch;
}

export interface FulcioTrust {
  readonly caPath?: string | undefined;
  readonly caData?: string | undefined;
  readonly oidcIssuer: string;
  readonly subjectEmail: string;
}

export interface PkiTrust {
  readonly caRootsPath?: string | undefined;
  readonly caRootsData?: string | undefined;
  readonly caIntermediatesPath?: string | undefined;
  readonly caIntermediatesData?: string | undefined;
  readonly subjectEmail?: string | undefined;
  readonly subjectHostname?: string | undefined;
}

/** How the name inside a signature must relate to the name of the image. */
export type ReferenceMatch =
  | { readonly type: 'matchExact' | 'matchRepoDigestOrExact' | 'matchRepository' }
  | { readonly type: 'exactReference'; readonly dockerReference: string }
  | { readonly type: 'exactRepository'; readonly dockerRepository: string }
  | { readonly type: 'remapIdentity'; readonly prefix: string; readonly signedPrefix: string };
