import type { Random } from './random.ts';

const digest = `@sha256:${'0123456789abcdef'.repeat(4)}`;
const hosts = [
  'quay.io',
  'docker.io',
  'index.docker.io',
  'example.com',
  'example.com:5000',
  'a.example.com',
  'a.b.example.com',
  'notexample.com',
  'a.io.b.io',
  'localhost',
  'localhost:5000',
  'mirror',
  'mirror:5000',
  'UPPER.io',
  '10.0.0.1:8443',
  'm.corp',
];
const paths = [
  '',
  '',
  '/ns',
  '/ns/app',
  '/ns/app/deep',
  '/library',
  '/library/nginx',
  '/nginx',
  '/ns-2',
  '/a__b',
  '/a.b',
];
const wildcards = ['*.io', '*.com', '*.example.com', '*.b.example.com', '*.corp', '*.b.io', '*.'];
const oddPlaces = ['/', 'quay.io/', 'quay.io//', 'http://quay.io', 'https://m.corp/x', '', '*', '*.io/ns', '*.io:5000'];
const oddTails = [':v1', digest, '/NS', '/-x', '//', ' ', '/ä', '?x'];
const pullFromMirror = ['', 'all', 'digest-only', 'tag-only'];

/** Texts of a main file and drop-ins; most load, some have faults of every kind. */
export interface GeneratedConf {
  readonly main: string;
  readonly dropIns: Readonly<Record<string, string>>;
}

export function generateConf(random: Random): GeneratedConf {
  const dropIns = random.times(2, () => [
    random.pick(['10-a.conf', '50-b.conf', '99-c.conf', 'ignored.txt']),
    file(random),
  ]);
  if (random.oneIn(60)) return { main: v1File(random), dropIns: Object.fromEntries(dropIns) };
  return { main: file(random), dropIns: Object.fromEntries(dropIns) };
}

/** A reference as users write them: full and short names, odd and broken ones. */
export function generateReference(random: Random): string {
  const name = random.oneIn(6) ? random.pick(['nginx', 'ns/app', 'fedora', 'localhost/x']) : place(random);
  const tail = random.pick(['', ':v1', digest, `:v1${digest}`, ':latest', ...(random.oneIn(8) ? oddTails : [])]);
  return `${name}${random.pick(['', '', '/img', '/ns/img'])}${tail}`;
}

function file(random: Random): string {
  const lines: string[] = [];
  if (random.oneIn(3))
    lines.push(`unqualified-search-registries = [${random.times(3, () => quoted(searchEntry(random)))}]`);
  if (random.oneIn(8))
    lines.push(`short-name-mode = ${quoted(random.pick(['disabled', 'permissive', 'enforcing', 'odd', '']))}`);
  if (random.oneIn(20)) lines.push(`credential-helpers = [${random.times(2, () => '"helper"')}]`);
  if (random.oneIn(40))
    lines.push(random.pick(['unknown = 1', 'unknown = [[1], {a = 2}]', '= 1', 'short-name-mode = 5', 'a.b = 1']));
  lines.push(...random.times(4, () => registry(random)));
  if (random.oneIn(6)) lines.push('[aliases]', ...new Set(random.times(2, () => alias(random))));
  return `${lines.join('\n')}\n`;
}

function v1File(random: Random): string {
  const list = () => `registries = [${random.times(2, () => quoted(place(random)))}]`;
  const v2 = random.oneIn(4) ? registry(random) : '';
  return `[registries.search]\n${list()}\n[registries.block]\n${list()}\n[registries.insecure]\n${list()}\n${v2}\n`;
}

function registry(random: Random): string {
  const lines = [random.oneIn(200) ? '[registry]' : '[[registry]]'];
  const shape = random.below(8);
  const prefix = shape === 0 ? random.pick(wildcards) : place(random);
  if (shape < 5) lines.push(`${key(random, 'prefix')} = ${quoted(prefix)}`);
  if (shape !== 0 || random.oneIn(2)) lines.push(`${key(random, 'location')} = ${quoted(place(random))}`);
  if (random.oneIn(4)) lines.push(`insecure = ${flag(random)}`);
  if (random.oneIn(4)) lines.push(`blocked = ${flag(random)}`);
  if (random.oneIn(8)) lines.push(`mirror-by-digest-only = ${flag(random)}`);
  if (random.oneIn(80)) lines.push('pull-from-mirror = "all"');
  lines.push(...random.times(3, () => mirror(random)));
  return lines.join('\n');
}

function mirror(random: Random): string {
  const lines = ['  [[registry.mirror]]', `  location = ${quoted(place(random))}`];
  if (random.oneIn(5)) lines.push(`  insecure = ${flag(random)}`);
  if (random.oneIn(3))
    lines.push(`  pull-from-mirror = ${quoted(random.oneIn(40) ? 'odd' : random.pick(pullFromMirror))}`);
  return lines.join('\n');
}

function alias(random: Random): string {
  const name = random.pick(['nginx', 'fedora', 'ns/app', 'app', ...(random.oneIn(10) ? ['a.io/b', 'a:1', 'X'] : [])]);
  const value = random.oneIn(5) ? '' : `${place(random)}/app${random.oneIn(20) ? ':v1' : ''}`;
  return `${quoted(name)} = ${quoted(value)}`;
}

function place(random: Random): string {
  if (random.oneIn(60)) return random.pick(oddPlaces);
  return random.pick(hosts) + random.pick(paths) + (random.oneIn(60) ? random.pick(oddTails) : '');
}

function searchEntry(random: Random): string {
  return random.oneIn(20) ? place(random) : random.pick(hosts);
}

const flag = (random: Random): string => (random.oneIn(150) ? '"true"' : random.pick(['true', 'true', 'false']));
const key = (random: Random, name: string): string => (random.oneIn(20) ? name.toUpperCase() : name);
const quoted = (text: string): string => JSON.stringify(text);
