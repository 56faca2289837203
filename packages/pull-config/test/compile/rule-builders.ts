import type { KubeObject, LocatedObject, Origin } from '@pullpath/api';
import type { MirrorRule, RuleSet, ScopeRule } from '../../src/index.ts';

/** A rule set with nothing in it but `parts`. */
export function ruleSet(parts: Partial<RuleSet> = {}): RuleSet {
  return {
    rules: [],
    hasMirrorObjects: (parts.rules ?? []).length > 0,
    registrySources: {},
    clusterImagePolicies: [],
    imagePolicies: [],
    containerRuntimeConfigs: [],
    ...parts,
  };
}

/** A rule of an object that is named after its source. */
export function rule(
  kind: MirrorRule['kind'],
  source: string,
  mirrors: readonly string[],
  policy?: MirrorRule['policy'],
): MirrorRule {
  return { kind, source, mirrors, policy, origin: originOf(kind, source) };
}

export function scopes(list: string, ...names: string[]): ScopeRule[] {
  return names.map((scope, index) => ({
    scope,
    origin: { of: image, path: ['spec', 'registrySources', list, index] },
  }));
}

const image: LocatedObject = { object: objectOf('Image', 'cluster') };

function originOf(kind: string, name: string): Origin {
  return { of: { object: objectOf(kind, name) }, path: ['spec', 'mirrors', 0] };
}

export function objectOf(kind: string, name: string, rest: Record<string, unknown> = {}): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name }, ...rest };
}
