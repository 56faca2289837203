import type { Mirror, RegistriesConf, RegistryEntry } from '../../src/index.ts';
import type { Random } from './random.ts';

const hosts = ['quay.io', 'docker.io', 'registry.example.com', 'a.example.com', 'b.example.com:5000', 'localhost:5000'];
const paths = ['', '', '', '/ns', '/ns/app', '/ns/app/deep', '/other', '/library', '/a.b'];
const wildcards = ['*.example.com', '*.io', '*.com'];
const mirrorHosts = ['m1.corp', 'm2.corp:5000', 'm3.corp', 'quay.io', 'docker.io', 'a.example.com'];
const mirrorPaths = ['', '', '/x', '/x/ns', '/ns', '/ns/app', '/x/ns/app', '/y/z', '/renamed'];

/** A registries.conf as rules give it: one table per scope, mirrors per kind of pull, some blocked, some insecure. */
export function generateTables(random: Random): RegistriesConf {
  const scopes = new Set(random.times(5, () => scopeOf(random)));
  const registries = [...scopes].map((scope) => entryOf(random, scope));
  return {
    shortNameMode: '',
    additionalLayerStoreAuthHelper: '',
    credentialHelpers: [],
    registries: registries.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    aliases: {},
  };
}

/** References in and around the scopes that `generateTables` makes. */
export function generateReferences(random: Random, count: number): string[] {
  return Array.from({ length: count }, () => {
    const path = random.pick(paths) + random.pick(['/img', '/app', '/zed']);
    return `${random.pick(hosts)}${path}${random.oneIn(2) ? ':v1' : `@sha256:${'0123456789abcdef'.repeat(4)}`}`;
  });
}

function scopeOf(random: Random): string {
  return random.oneIn(6) ? random.pick(wildcards) : random.pick(hosts) + random.pick(paths);
}

function entryOf(random: Random, scope: string): RegistryEntry {
  const wildcard = scope.startsWith('*.');
  return {
    prefix: wildcard ? scope : '',
    location: wildcard ? '' : scope,
    insecure: random.oneIn(8),
    blocked: random.oneIn(4),
    mirrorByDigestOnly: false,
    mirrors: mirrorsOf(random),
    origins: [],
  };
}

function mirrorsOf(random: Random): Mirror[] {
  const digest = [...new Set(random.times(2, () => locationOf(random)))];
  const tag = random.oneIn(2) ? digest : [...new Set(random.times(2, () => locationOf(random)))];
  const insecure = random.oneIn(6);
  return [
    ...digest.map((location) => ({ location, insecure, pullFromMirror: 'digest-only', origins: [] }) as const),
    ...tag.map((location) => ({ location, insecure, pullFromMirror: 'tag-only', origins: [] }) as const),
  ];
}

function locationOf(random: Random): string {
  return random.pick(mirrorHosts) + random.pick(mirrorPaths);
}

function keyOf({ prefix, location }: RegistryEntry): string {
  return prefix || location;
}
