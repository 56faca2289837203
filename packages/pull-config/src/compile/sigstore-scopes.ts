import type { Origin } from '@pullpath/api';
import { formatReference, type ImageReference, parseNamed, parseReference } from '@pullpath/oci';
import { compareBytes } from '../formats/go-order.ts';
import type { RegistriesConf, RegistryEntry } from '../model.ts';
import { pullSources } from '../pull/pull-sources.ts';
import { findRegistry, prefixOf, prepareResolver } from '../pull/resolver.ts';

import type { RuleFault } from './faults.ts';
import type { ClusterPolicies } from './image-policies.ts';
import { loadForPulls } from './loadable.ts';
import { scopeIndex } from './scope-index.ts';

/**
 * Every scope in which nodes must look for sigstore signatures: those with a policy, and wherever images of them may come
 * from by `conf`, which is undefined when the node keeps its base file (machine-config-operator
 * `generateSigstoreRegistriesdConfig`). By bytes. Faults: a mirror that gives no valid reference.
 */
export function sigstoreScopes(
  policies: ClusterPolicies,
  conf: RegistriesConf | undefined,
): { readonly scopes: readonly string[]; readonly faults: readonly RuleFault[] } {
  const scopes = new Set(policies.keys());
  const faults = conf && policies.size > 0 ? addMirrors(scopes, policies, conf) : [];
  return { scopes: [...scopes].sort(compareBytes), faults };
}

function addMirrors(scopes: Set<string>, policies: ClusterPolicies, conf: RegistriesConf): RuleFault[] {
  const loaded = loadForPulls(conf);
  if (!loaded.conf) return [loaded.failure];
  const resolver = prepareResolver(loaded.conf);
  const faults: RuleFault[] = [];
  for (const [scope, origin] of scopesToFollow(policies, conf)) {
    const entry = findRegistry(resolver, scope);
    const places = entry ? placesOf(scope, entry) : { ok: true as const, value: [] };
    if (places.ok) for (const place of places.value) scopes.add(place);
    else faults.push(mirrorFault(scope, places.message, origin, entry?.origins[0]));
  }
  return faults;
}

// Policy scopes, then the scopes of entries inside them.
function scopesToFollow(policies: ClusterPolicies, conf: RegistriesConf): Map<string, Origin | undefined> {
  const follow = new Map<string, Origin | undefined>();
  for (const [scope, { origins }] of policies) follow.set(scope, origins[0]);
  const index = scopeIndex(policies);
  for (const scope of conf.registries.map(prefixOf)) {
    const [policy] = index.enclosing(scope);
    if (policy && !follow.has(scope)) follow.set(scope, policy.origins[0]);
  }
  return follow;
}

type Places =
  | { readonly ok: true; readonly value: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Stands for the images of a scope: a host for a wildcard, a path where the scope has none. */
const dummyHost = 'matched';
const dummyPath = '/a';
const dummyDigest = `sha256:${'a'.repeat(64)}`;
const dummyTag = 'aaa';

// Where an entry takes images of `scope` from, as scopes. An endpoint without a location, which only a wildcard entry has,
// is the source itself and covered by the scope.
function placesOf(scope: string, entry: RegistryEntry): Places {
  const host = scope.startsWith('*.') ? dummyHost + scope.slice(1) : scope;
  const addedPath = host.includes('/') ? '' : dummyPath;
  const parsed = parseReference(host + addedPath);
  if (!parsed.ok) return parsed;
  const { tag: _, digest: __, ...repository } = parsed.value;
  const byDigest = endpointNames(entry, { ...repository, digest: dummyDigest });
  const byTag = endpointNames(entry, { ...repository, tag: dummyTag });
  if (!byDigest.ok) return byDigest;
  if (!byTag.ok) return byTag;
  const names = [...byDigest.value, ...byTag.value];
  return { ok: true, value: names.map((name) => (name.endsWith(addedPath) ? withoutEnd(name, addedPath) : name)) };
}

function withoutEnd(name: string, end: string): string {
  return name.slice(0, name.length - end.length);
}

function endpointNames(entry: RegistryEntry, ref: ImageReference): Places {
  const sources = pullSources(entry, ref);
  if (!sources.ok) return sources;
  const located = sources.value.filter(({ mirror }) => (mirror?.location ?? entry.location) !== '');
  // `docker.io/ns` may be a scope but is no reference in full form, which is what every endpoint must get.
  const unusable = located.map(({ reference }) => parseNamed(formatReference(reference))).find(({ ok }) => !ok);
  if (unusable && !unusable.ok) return unusable;
  return { ok: true, value: located.map(({ reference }) => reference.name) };
}

function mirrorFault(scope: string, why: string, origin: Origin | undefined, entry: Origin | undefined): RuleFault {
  return {
    code: 'mirror-rewrite-invalid',
    message: `where images of "${scope}" come from cannot be told: ${why}`,
    value: scope,
    origin,
    related: entry ? [{ message: 'the rule for these images', origin: entry }] : [],
    hint: 'nodes could not pull these images either; correct the mirror or narrow the scope of the policy',
  };
}
