import { describeOrigin, type Origin, type OriginPlace, valueAt } from '@pullpath/api';
import { parseNormalizedNamed } from '@pullpath/oci';
import { findCertificates, type HostCertificates } from '../certs.ts';
import { type CredentialLookup, findCredentials } from '../credentials/find.ts';
import type { PullContext, RouteAttempt } from './context.ts';
import type { ExplainedAttempt } from './explanation.ts';

/** Adds to an attempt where it comes from, the key of its credentials and its authority; never a secret. */
export function explainAttempt(context: PullContext, attempt: RouteAttempt): ExplainedAttempt {
  const { reference, mirror, insecure, outcome, reason } = attempt;
  const origin = originOf(attempt);
  const base = { reference, mirror, insecure, outcome, ...(reason ? { reason } : {}), ...(origin ? { origin } : {}) };
  return outcome === 'tried' ? { ...base, ...contactDetails(context, reference) } : base;
}

function originOf({ mirrorOf, blockedBy }: RouteAttempt): OriginPlace | undefined {
  const [asking] = mirrorOf?.origins ?? [];
  const [first] = blockedBy?.origins ?? [];
  const origin = asking ?? blockedBy?.origins.find(blocks) ?? first;
  return origin && describeOrigin(origin);
}

// Several rules make an entry, not all of them block it.
function blocks({ of, path }: Origin): boolean {
  const policies = ['mirrorSourcePolicy', 'sourcePolicy'].map((field) => valueAt(of.object, [...path, field]));
  return path.includes('blockedRegistries') || policies.includes('NeverContactSource');
}

type ContactDetails = Partial<ExplainedAttempt>;

function contactDetails({ authFiles, certs }: PullContext, reference: string): ContactDetails {
  const parsed = parseNormalizedNamed(reference);
  if (!parsed.ok) return { credentials: null, ca: null };
  const credentials = findCredentials(authFiles, parsed.value.name);
  const certificates = findCertificates(certs, parsed.value.domain);
  const fault = faultOf(credentials, certificates);
  return { ...credentialDetails(credentials), ca: authorityOf(certificates), ...(fault ? notAsked(fault) : {}) };
}

// The runtime gives up before it asks, so nothing goes out to that place.
function notAsked(reason: string): ContactDetails {
  return { outcome: 'skipped', reason };
}

function faultOf(credentials: CredentialLookup, { faults }: HostCertificates): string | undefined {
  return credentials.kind === 'error' ? credentials.message : faults[0]?.message;
}

function credentialDetails(lookup: CredentialLookup): ContactDetails {
  switch (lookup.kind) {
    case 'found':
      return { credentials: lookup.key, credentialsFile: lookup.file };
    case 'helper':
      return { credentials: lookup.key, credentialsFile: lookup.file, credentialHelper: lookup.helper };
    case 'none':
    case 'error':
      return { credentials: null };
    default:
      return lookup satisfies never;
  }
}

function authorityOf({ directory, authorities }: HostCertificates): string | null {
  const [first, ...others] = authorities;
  return first && others.length === 0 ? first.path : first ? directory : null;
}
