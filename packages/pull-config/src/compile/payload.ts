import type { Origin } from '@pullpath/api';
import { type ImageReference, isNested, parseNamed } from '@pullpath/oci';
import type { Dialect, RegistryEntry, RuleSet, ScopeRule } from '../model.ts';
import { pullSources } from '../pull/pull-sources.ts';
import { findRegistry, prepareResolver } from '../pull/resolver.ts';
import { editRegistries } from './edit-registries.ts';
import type { RuleFault } from './faults.ts';
import { emptyConf, loadForPulls } from './loadable.ts';
import { digestRules, mergeMirrorSets } from './mirror-sets.ts';

/** What becomes of `blockedRegistries` and `allowedRegistries` so that the release payload stays pullable. */
export interface PayloadDecision {
  /** Scopes that registries.conf blocks. Like the other lists undefined when nothing is in it. */
  readonly registriesBlocked?: readonly ScopeRule[] | undefined;
  /** Scopes that policy.json rejects. */
  readonly policyBlocked?: readonly ScopeRule[] | undefined;
  /** Scopes that policy.json accepts; the payload repository is among them once per blocked scope around it. */
  readonly allowed?: readonly ScopeRule[] | undefined;
  /** Blocked scopes that are left open, because the payload could not be pulled from anywhere else. */
  readonly leftOpen: readonly ScopeRule[];
  /** The repository of the release image. */
  readonly payloadRepository?: string | undefined;
  /** Why it cannot be told whether the payload has an open mirror; all lists are undefined then. */
  readonly failure?: RuleFault | undefined;
  readonly faults: readonly RuleFault[];
}

type PayloadInput = Pick<RuleSet, 'releaseImage' | 'registrySources' | 'rules'>;

/**
 * Splits the blocked registries for registries.conf and policy.json (machine-config-operator
 * `getValidBlockedAndAllowedRegistries`). A scope around the payload repository is blocked only if a digest mirror of the
 * payload lies outside of every blocked scope. Without a release image nothing is protected.
 */
export function splitBlockedAllowed(input: PayloadInput, dialect: Dialect): PayloadDecision {
  const { registrySources: sources, releaseImage } = input;
  if (!releaseImage) return unprotected(input);
  const payload = parseNamed(releaseImage.image);
  if (!payload.ok) return { leftOpen: [], faults: [releaseImageFault(releaseImage, payload.message)] };
  const payloadRepository = payload.value.name;
  const isAround = (rule: ScopeRule): boolean => isNested(payloadRepository, rule.scope);
  const around = (sources.blocked ?? []).filter(isAround);
  const open = around.length === 0 ? { usable: true } : payloadSource(payload.value, input, dialect);
  if ('failure' in open) return failed(open.failure, payloadRepository, around);
  const leftOpen = open.usable ? [] : around;
  const kept = (sources.blocked ?? []).filter((rule) => open.usable || !isAround(rule));
  const accepted = open.usable ? around.map(({ origin }) => ({ scope: payloadRepository, origin })) : [];
  return {
    registriesBlocked: unlessEmpty(kept),
    policyBlocked: unlessEmpty(kept.filter((rule) => rule.scope !== payloadRepository)),
    allowed: unlessEmpty([...accepted, ...(sources.allowed ?? [])]),
    leftOpen,
    payloadRepository,
    faults: leftOpen.map((rule) => leftOpenFault(rule, payloadRepository)),
  };
}

function unlessEmpty(rules: readonly ScopeRule[]): readonly ScopeRule[] | undefined {
  return rules.length > 0 ? rules : undefined;
}

function unprotected({ registrySources: { blocked = [], allowed = [] } }: PayloadInput): PayloadDecision {
  return {
    registriesBlocked: unlessEmpty(blocked),
    policyBlocked: unlessEmpty(blocked),
    allowed: unlessEmpty(allowed),
    leftOpen: [],
    faults: blocked.slice(0, 1).map(({ origin }) => ({
      code: 'release-image-missing',
      severity: 'warning',
      message: 'the release image is not known, so nothing keeps these entries from blocking the release payload',
      origin,
      hint: 'name it with --release-image, or add the ClusterVersion',
    })),
  };
}

// Tag mirrors do not count: the payload is pulled by digest.
function payloadSource(
  payload: ImageReference,
  { registrySources: { insecure = [], blocked = [] }, rules }: PayloadInput,
  dialect: Dialect,
): { readonly usable: boolean } | { readonly failure: RuleFault } {
  const digestSets = mergeMirrorSets(digestRules(rules));
  const edited = editRegistries({ registries: [], digestSets, tagSets: [], insecure, blocked, dialect });
  const [unrenderable] = edited.faults;
  if (unrenderable) return { failure: unrenderable };
  const loaded = loadForPulls({ ...emptyConf, registries: edited.registries });
  if (!loaded.conf) return { failure: loaded.failure };
  const entry = findRegistry(prepareResolver(loaded.conf), payload.name);
  if (!entry) return { usable: false };
  const sources = pullSources(entry, payload);
  if (!sources.ok) return { failure: rewriteFault(entry, sources.message) };
  const isOpen = (name: string): boolean => !blocked.some((rule) => isNested(name, rule.scope));
  return { usable: sources.value.some(({ reference }) => isOpen(reference.name)) };
}

function rewriteFault({ origins: [origin] }: RegistryEntry, message: string): RuleFault {
  return { code: 'mirror-rewrite-invalid', message, origin };
}

function failed(failure: RuleFault, payloadRepository: string, around: readonly ScopeRule[]): PayloadDecision {
  const fault: RuleFault = {
    code: 'payload-check-failed',
    severity: 'warning',
    message: `no registry is blocked or allowed, because the mirrors of the payload cannot be told: ${failure.message}`,
    origin: around[0]?.origin,
    related: [{ message: 'the cause', origin: failure.origin }, ...(failure.related ?? [])],
  };
  return { leftOpen: [], payloadRepository, failure, faults: [fault] };
}

function releaseImageFault(
  { image, origin }: { readonly image: string; readonly origin?: Origin | undefined },
  why: string,
): RuleFault {
  return {
    code: 'release-image-format',
    message: `release image "${image}" cannot be used: ${why}`,
    origin,
    expected: 'host/path:tag or host/path@digest in full form',
  };
}

function leftOpenFault({ scope, origin }: ScopeRule, payloadRepository: string): RuleFault {
  return {
    code: 'payload-registry-not-blocked',
    severity: 'warning',
    message: `"${scope}" is not blocked: the release payload ${payloadRepository} could be pulled from nowhere else`,
    value: scope,
    origin,
    hint: 'add a digest mirror of the payload outside of every blocked registry',
  };
}
