import type { Origin } from '@pullpath/api';
import type { Dialect, Mirror, PullFromMirror, RegistryEntry, ScopeRule } from '../model.ts';
import { prefixOf } from '../pull/resolver.ts';
import type { RuleFault } from './faults.ts';
import type { MirrorSet } from './mirror-sets.ts';
import { mirrorsForNestedScope } from './nested-scopes.ts';
import { scopeIndex } from './scope-index.ts';

export interface RegistriesEdit {
  /** Entries that are there already; they keep their place at the front. */
  readonly registries: readonly RegistryEntry[];
  readonly digestSets: readonly MirrorSet[];
  readonly tagSets: readonly MirrorSet[];
  readonly insecure: readonly ScopeRule[];
  readonly blocked: readonly ScopeRule[];
  readonly dialect: Dialect;
}

interface Draft {
  readonly scope: string;
  readonly base: RegistryEntry;
  insecure: boolean;
  blocked: boolean;
  mirrorByDigestOnly: boolean;
  mirrors: readonly Mirror[];
  mirrorOrigins: readonly Origin[];
  readonly scopeOrigins: Origin[];
}

interface Drafts {
  readonly list: Draft[];
  readonly byScope: Map<string, Draft>;
}

/**
 * Writes mirrors, insecure and blocked scopes into the entries of a registries.conf: one entry per scope, digest mirrors
 * before tag mirrors, then blocked-only, then insecure-only entries (openshift/runtime-utils `EditRegistriesConfig`).
 * Scopes inside an insecure or blocked one are marked too; an entry without mirrors inherits those of the first source that
 * encloses it. `NeverContactSource` is not inherited. Faults: a wildcard source that encloses an entry without mirrors.
 */
export function editRegistries(edit: RegistriesEdit): { registries: RegistryEntry[]; faults: RuleFault[] } {
  const drafts = draftsOf(edit.registries);
  for (const set of edit.digestSets) addMirrors(drafts, set, 'digest-only', edit.dialect);
  for (const set of edit.tagSets) addMirrors(drafts, set, 'tag-only', edit.dialect);
  for (const rule of edit.blocked) ensureDraft(drafts, rule.scope).scopeOrigins.push(rule.origin);
  for (const rule of edit.insecure) ensureDraft(drafts, rule.scope).scopeOrigins.push(rule.origin);
  markInsecure(drafts.list, edit.insecure);
  markBlocked(drafts.list, edit.blocked);
  const faults = inheritMirrors(drafts, [...edit.digestSets, ...edit.tagSets]);
  return { registries: drafts.list.map(finish), faults };
}

function draftsOf(entries: readonly RegistryEntry[]): Drafts {
  const drafts: Drafts = { list: [], byScope: new Map() };
  for (const entry of entries) addDraft(drafts, entry);
  return drafts;
}

function addDraft({ list, byScope }: Drafts, base: RegistryEntry): Draft {
  const scope = prefixOf(base);
  const { insecure, blocked, mirrorByDigestOnly, mirrors, origins: mirrorOrigins } = base;
  const draft: Draft = { scope, base, insecure, blocked, mirrorByDigestOnly, mirrors, mirrorOrigins, scopeOrigins: [] };
  list.push(draft);
  if (!byScope.has(scope)) byScope.set(scope, draft);
  return draft;
}

function ensureDraft(drafts: Drafts, scope: string): Draft {
  return drafts.byScope.get(scope) ?? addDraft(drafts, newEntry(scope));
}

const none: readonly never[] = [];

/** An entry for one scope that says nothing about it yet. */
export function newEntry(scope: string): RegistryEntry {
  const place = scope.startsWith('*.') ? { prefix: scope, location: '' } : { prefix: '', location: scope };
  return { ...place, insecure: false, blocked: false, mirrorByDigestOnly: false, mirrors: none, origins: none };
}

// Releases before 4.13 have no per-mirror selection: the entry as a whole serves digests only.
function addMirrors(drafts: Drafts, set: MirrorSet, kind: PullFromMirror, dialect: Dialect): void {
  const draft = ensureDraft(drafts, set.source);
  const pullFromMirror = dialect === '4.12' ? '' : kind;
  if (dialect === '4.12') draft.mirrorByDigestOnly = true;
  if (set.neverContactSource) draft.blocked = true;
  // Joined, not pushed: a pushed array keeps room for more, which tens of thousands of entries never use.
  const added = set.mirrors.map(({ location, origins }) => ({ location, insecure: false, pullFromMirror, origins }));
  draft.mirrors = draft.mirrors.concat(added);
  draft.mirrorOrigins = draft.mirrorOrigins.concat(set.rules.map(({ origin }) => origin));
}

function markInsecure(list: readonly Draft[], rules: readonly ScopeRule[]): void {
  const index = scopeIndex(rules.map((rule) => [rule.scope, rule]));
  if (index.size === 0) return;
  for (const draft of list) {
    const causes = index.enclosing(draft.scope);
    if (causes.length > 0) draft.insecure = true;
    noteCauses(draft, causes);
    draft.mirrors = draft.mirrors.map((mirror) =>
      index.enclosing(mirror.location).length > 0 ? { ...mirror, insecure: true } : mirror,
    );
  }
}

// A mirror inside a blocked scope is not marked: a pull is refused by the entry of the mirror's own location.
function markBlocked(list: readonly Draft[], rules: readonly ScopeRule[]): void {
  const index = scopeIndex(rules.map((rule) => [rule.scope, rule]));
  if (index.size === 0) return;
  for (const draft of list) {
    const causes = index.enclosing(draft.scope);
    if (causes.length > 0) draft.blocked = true;
    noteCauses(draft, causes);
  }
}

function noteCauses(draft: Draft, causes: readonly ScopeRule[]): void {
  for (const { origin } of causes) if (!draft.scopeOrigins.includes(origin)) draft.scopeOrigins.push(origin);
}

// Sets inherit in their order, so an entry takes after the first one that encloses it.
function inheritMirrors(drafts: Drafts, sets: readonly MirrorSet[]): RuleFault[] {
  const bare = drafts.list.filter((draft) => draft.mirrors.length === 0);
  if (bare.length === 0) return [];
  const index = scopeIndex(sets.map((set, position) => [set.source, { set, position }]));
  const unrenderable: { readonly position: number; readonly fault: RuleFault }[] = [];
  for (const draft of bare) {
    const first = index.enclosing(draft.scope).reduce<Enclosing | undefined>(earlier, undefined);
    if (first && !inherit(draft, drafts.byScope.get(first.set.source))) {
      unrenderable.push({ position: first.position, fault: wildcardFault(first.set, draft) });
    }
  }
  return unrenderable.sort((a, b) => a.position - b.position).map(({ fault }) => fault);
}

interface Enclosing {
  readonly set: MirrorSet;
  readonly position: number;
}

function earlier(best: Enclosing | undefined, next: Enclosing): Enclosing {
  return best && best.position <= next.position ? best : next;
}

function inherit(draft: Draft, from: Draft | undefined): boolean {
  const mirrors = from && mirrorsForNestedScope(from.scope, draft.scope, from.mirrors);
  if (!from || !mirrors) return false;
  draft.mirrors = mirrors;
  draft.mirrorByDigestOnly ||= from.mirrorByDigestOnly;
  draft.mirrorOrigins = [...draft.mirrorOrigins, ...from.mirrorOrigins];
  return true;
}

function wildcardFault(set: MirrorSet, nested: Draft): RuleFault {
  const [cause] = nested.scopeOrigins;
  return {
    code: 'wildcard-source-with-nested-scope',
    message: `source "${set.source}" cannot be rendered beside "${nested.scope}", which lies inside it`,
    value: set.source,
    origin: set.rules[0]?.origin,
    related: [{ message: `"${nested.scope}" is marked here`, origin: cause ?? nested.mirrorOrigins[0] }],
    hint: 'name the sources one by one instead of the wildcard, or mark the same wildcard as insecure or blocked',
  };
}

function finish({ base, insecure, blocked, mirrorByDigestOnly, mirrors, ...draft }: Draft): RegistryEntry {
  const origins = draft.scopeOrigins.length > 0 ? draft.mirrorOrigins.concat(draft.scopeOrigins) : draft.mirrorOrigins;
  return { prefix: base.prefix, location: base.location, insecure, blocked, mirrorByDigestOnly, mirrors, origins };
}
