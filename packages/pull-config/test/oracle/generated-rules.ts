import { fromObject } from '@pullpath/api';
import type { MirrorRule, RuleSet, ScopeRule } from '../../src/index.ts';
import type { LoopbackRegistries } from './loopback-registries.ts';
import type { Random } from './random.ts';

const paths = ['', '', '/ns', '/ns/app'];
const mirrorPaths = ['', '', '/x', '/ns', '/x/ns', '/ns/app', '/app'];

/** Rules of one pool between the loopback registries; most hosts are insecure, some are blocked. */
export function generateRules(random: Random, { hosts }: LoopbackRegistries): RuleSet {
  const places = Object.values(hosts);
  const scopes = (limit: number) => random.times(limit, () => random.pick(places) + random.pick(paths));
  const plain = places.filter((place) => place !== hosts.secured && !random.oneIn(8));
  return {
    rules: Array.from({ length: 1 + random.below(4) }, () => ruleOf(random, places)),
    hasMirrorObjects: true,
    registrySources: {
      insecure: plain.map(scopeRule),
      ...(random.oneIn(3) ? { blocked: scopes(2).map(scopeRule) } : {}),
    },
    clusterImagePolicies: [],
    imagePolicies: [],
    containerRuntimeConfigs: [],
  };
}

/** An image in or beside the sources of the rules, by tag or by digest. */
export function generateImage(random: Random, { hosts, image }: LoopbackRegistries): string {
  const name = `${random.pick(Object.values(hosts))}/${random.pick(['app', 'ns/app', 'ns/app', 'x/ns/app'])}`;
  return name + (random.oneIn(2) ? ':v1' : `@${image.digest}`);
}

const origin = {
  of: fromObject({
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: { name: 'generated' },
  }),
  path: [],
};

function ruleOf(random: Random, places: readonly string[]): MirrorRule {
  return {
    kind: random.pick(['idms', 'itms', 'icsp'] as const),
    source: random.pick(places) + random.pick(paths),
    mirrors: [...new Set(random.times(3, () => random.pick(places) + random.pick(mirrorPaths)))],
    policy: random.oneIn(5) ? 'NeverContactSource' : undefined,
    origin,
  };
}

function scopeRule(scope: string): ScopeRule {
  return { scope, origin };
}
