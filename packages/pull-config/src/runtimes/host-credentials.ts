import { normalizeAuthKey } from '../pull/credentials/find.ts';
import { splitLocation } from './host-plan.ts';
import type { HostCredential, ReportEntry } from './model.ts';
import { imageDomain } from './urls.ts';

/** The credentials of whole hosts, by host; the last one of a host wins. */
export function hostCredentials(credentials: readonly HostCredential[]): ReadonlyMap<string, string> {
  return new Map(credentials.filter(({ key }) => !isBelowHost(key)).map(({ key, auth }) => [hostOf(key), auth]));
}

/** A line for every credential that is meant for a part of a host: no format but an auth file has a place for it. */
export function reportCredentials(credentials: readonly HostCredential[]): ReportEntry[] {
  return credentials
    .filter(({ key }) => isBelowHost(key))
    .map(({ key }) => ({
      source: key,
      mirror: null,
      kind: 'credentials',
      verdict: 'dropped',
      why: 'credentials are per registry, not per repository',
    }));
}

// A key with a scheme names a registry by the URL of its API, whatever path follows.
function isBelowHost(key: string): boolean {
  return !key.includes('://') && splitLocation(key).path !== '';
}

function hostOf(key: string): string {
  return imageDomain(normalizeAuthKey(key, false));
}
