import { fromObject, type Origin } from '@pullpath/api';
import type { Mirror, RegistriesConf, RegistryEntry } from '../../src/model.ts';

/** A registries.conf of these tables. */
export function confOf(...registries: readonly RegistryEntry[]): RegistriesConf {
  return { shortNameMode: '', additionalLayerStoreAuthHelper: '', credentialHelpers: [], registries, aliases: {} };
}

export function table(scope: string, mirrors: readonly Mirror[], more: Partial<RegistryEntry> = {}): RegistryEntry {
  const wildcard = scope.startsWith('*.');
  return {
    prefix: wildcard ? scope : '',
    location: wildcard ? '' : scope,
    insecure: false,
    blocked: false,
    mirrorByDigestOnly: false,
    mirrors,
    origins: mirrors.flatMap(({ origins }) => origins),
    ...more,
  };
}

/** Rows for both kinds of pull, as an IDMS and an ITMS give them. */
export function both(location: string, insecure = false): Mirror[] {
  return [digest(location, insecure), tag(location, insecure)];
}

export function digest(location: string, insecure = false): Mirror {
  return { location, insecure, pullFromMirror: 'digest-only', origins: [ruleOf('ImageDigestMirrorSet', location)] };
}

export function tag(location: string, insecure = false): Mirror {
  return { location, insecure, pullFromMirror: 'tag-only', origins: [ruleOf('ImageTagMirrorSet', location)] };
}

function ruleOf(kind: string, name: string): Origin {
  return { of: fromObject({ apiVersion: 'config.openshift.io/v1', kind, metadata: { name } }), path: ['spec'] };
}
