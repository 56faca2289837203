import { describeOrigin, type LocatedObject, type Origin, objectName } from '@pullpath/api';
import type { RuleSet, ScopeRule } from '../model.ts';
import { diffMirrors } from './diff-mirrors.ts';
import type { RuleChange, RuleSubject } from './rule-changes.ts';

/**
 * What the rules of one pool say differently afterwards. An entry that only moves to another object or kind (ICSP to IDMS)
 * is no change. Order: mirrors by source, then the lists of registrySources, then other objects. Values of secrets and
 * texts of certificates are compared, never shown.
 */
export function diffRules(before: RuleSet, after: RuleSet): RuleChange[] {
  const [old, now] = [before.registrySources, after.registrySources];
  return [
    ...diffMirrors(before.rules, after.rules),
    ...diffScopes('insecure', old.insecure, now.insecure),
    ...diffScopes('blocked', old.blocked, now.blocked),
    ...diffScopes('allowed', old.allowed, now.allowed),
    ...diffSearch(old.search, now.search),
    ...diffText('release-image', releaseOf(before), releaseOf(after)),
    ...diffObjects('signature-policy', policiesOf(before), policiesOf(after)),
    ...diffObjects('container-runtime-config', before.containerRuntimeConfigs, after.containerRuntimeConfigs),
    ...diffObjects('trusted-ca', listOf(before.trustedCA), listOf(after.trustedCA)),
    ...diffText('trust-bundle', bundleOf(before), bundleOf(after)),
    ...diffObjects('pull-secret', listOf(before.pullSecret), listOf(after.pullSecret)),
  ];
}

function diffScopes(
  subject: RuleSubject,
  before: readonly ScopeRule[] = [],
  after: readonly ScopeRule[] = [],
): RuleChange[] {
  return [...onlyIn(before, after).map(of('removed')), ...onlyIn(after, before).map(of('added'))];

  function of(change: 'added' | 'removed'): (rule: ScopeRule) => RuleChange {
    return ({ scope, origin }) => ({ change, subject, name: scope, details: [], origins: [describeOrigin(origin)] });
  }
}

function onlyIn(rules: readonly ScopeRule[], others: readonly ScopeRule[]): ScopeRule[] {
  const known = new Set(others.map(({ scope }) => scope));
  return rules.filter(({ scope }) => !known.has(scope) && known.add(scope));
}

// The search list is one value: its order decides where a short name is looked up.
function diffSearch(before: readonly ScopeRule[] | undefined, after: readonly ScopeRule[] | undefined): RuleChange[] {
  return diffText('search', searchOf(before), searchOf(after));
}

function searchOf(rules: readonly ScopeRule[] | undefined): TextValue | undefined {
  if (rules === undefined) return undefined;
  const text = rules.map(({ scope }) => scope).join(', ');
  return { name: 'containerRuntimeSearchRegistries', text, shown: true, origins: rules.map(({ origin }) => origin) };
}

interface TextValue {
  readonly name: string;
  readonly text: string;
  /** False for texts that are too long or too private to be repeated. */
  readonly shown: boolean;
  readonly origins: readonly Origin[];
}

function diffText(subject: RuleSubject, before: TextValue | undefined, after: TextValue | undefined): RuleChange[] {
  const value = after ?? before;
  if (value === undefined || before?.text === after?.text) return [];
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const details = value.shown ? [[before?.text, after?.text].filter((text) => text !== undefined).join(' -> ')] : [];
  return [{ change, subject, name: value.name, details, origins: value.origins.map(describeOrigin) }];
}

function releaseOf({ releaseImage }: RuleSet): TextValue | undefined {
  if (releaseImage === undefined) return undefined;
  const origins = releaseImage.origin === undefined ? [] : [releaseImage.origin];
  return { name: 'release image', text: releaseImage.image, shown: true, origins };
}

function bundleOf({ trustBundle }: RuleSet): TextValue | undefined {
  if (trustBundle === undefined) return undefined;
  return { name: 'additionalTrustBundle', text: trustBundle.pem, shown: false, origins: [trustBundle.origin] };
}

function policiesOf({ clusterImagePolicies, imagePolicies }: RuleSet): LocatedObject[] {
  return [...clusterImagePolicies, ...imagePolicies];
}

function listOf(object: LocatedObject | undefined): LocatedObject[] {
  return object === undefined ? [] : [object];
}

function diffObjects(
  subject: RuleSubject,
  before: readonly LocatedObject[],
  after: readonly LocatedObject[],
): RuleChange[] {
  const old = new Map(before.map((located) => [objectName(located.object), located]));
  const now = new Map(after.map((located) => [objectName(located.object), located]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    const located = is ?? was;
    if (located === undefined || (was && is && contentOf(was) === contentOf(is))) return [];
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    return [{ change, subject, name, details: [], origins: [describeOrigin({ of: located, path: [] })] }];
  });
}

// Metadata and status do not reach a node.
function contentOf({ object }: LocatedObject): string {
  const { metadata: _metadata, status: _status, ...content } = object;
  return JSON.stringify(content, sortedKeys);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
