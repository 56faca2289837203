import type { MirrorRule, RuleSet, ScopeRule } from '../../src/index.ts';
import { rule, ruleSet, scopes } from '../compile/rule-builders.ts';
import type { Random } from './random.ts';

const digest = `@sha256:${'0123456789abcdef'.repeat(4)}`;
const hosts = ['quay.io', 'example.com', 'example.com:5000', 'a.example.com', 'docker.io', 'localhost:5000', 'mirror'];
const paths = ['', '/ns', '/ns/app', '/ns/app/deep', '/library', '/other'];

/** Mirror objects and registry lists whose sources, mirrors and scopes overlap. */
export function generateRules(random: Random): RuleSet {
  const rules = random.times(5, () => mirrorRule(random));
  const list = (name: string): ScopeRule[] | undefined =>
    random.oneIn(2) ? undefined : scopes(name, ...random.times(2, () => scope(random)));
  const search = random.oneIn(4) ? scopes('search', 'reg1.io', 'docker.io') : undefined;
  const registrySources = { insecure: list('insecureRegistries'), blocked: list('blockedRegistries'), search };
  const releaseImage = { image: `quay.io/ns/app${digest}` };
  return ruleSet({ rules, registrySources, releaseImage });
}

export function generatePull(random: Random): string {
  const name = random.oneIn(10) ? 'nginx' : place(random) + random.pick(['', '/img']);
  return name + random.pick(['', ':v1', digest, `:v1${digest}`]);
}

function mirrorRule(random: Random): MirrorRule {
  const source = scope(random);
  const mirrors = random.times(3, () => random.pick([place(random), 'm.corp', 'm.corp/ns', 'm2.corp:8443/x/y']));
  const policy = random.oneIn(6) ? 'NeverContactSource' : undefined;
  return rule(random.pick(['idms', 'itms']), source, mirrors, policy);
}

function scope(random: Random): string {
  return random.oneIn(6) ? random.pick(['*.io', '*.example.com']) : place(random);
}

const place = (random: Random): string => random.pick(hosts) + random.pick(paths);
