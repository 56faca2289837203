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

/** The few hosts and paths of one case, so that its entries, mirrors and references meet. */
interface World extends Random {
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
}

/** A configuration and references for it. */
export interface GeneratedCase extends GeneratedConf {
  readonly refs: readonly string[];
}

/** Texts of a main file and drop-ins; most load, some have faults of every kind. */
export interface GeneratedConf {
  readonly main: string;
  readonly dropIns: Readonly<Record<string, string>>;
}

export function generateCase(random: Random, references: number): GeneratedCase {
  const some = (items: readonly string[]) => Array.from({ length: 4 }, () => random.pick(items));
  const world = { ...random, hosts: some(hosts), paths: some(paths) };
  const conf = generateConf(world);
  return { ...conf, refs: Array.from({ length: references }, () => generateReference(world)) };
}

function generateConf(world: World): GeneratedConf {
  const dropIns = world.times(2, () => [
    world.pick(['10-a.conf', '50-b.conf', '99-c.conf', 'ignored.txt']),
    file(world),
  ]);
  if (world.oneIn(60)) return { main: v1File(world), dropIns: Object.fromEntries(dropIns) };
  return { main: file(world), dropIns: Object.fromEntries(dropIns) };
}

/** A reference as users write them: full and short names, odd and broken ones. */
function generateReference(world: World): string {
  const name = world.oneIn(6) ? world.pick(['nginx', 'ns/app', 'fedora', 'localhost/x']) : place(world);
  const tail = world.pick(['', ':v1', digest, `:v1${digest}`, ':latest', ...(world.oneIn(8) ? oddTails : [])]);
  return `${name}${world.pick(['', '', '/img', '/ns/img'])}${tail}`;
}

function file(world: World): string {
  const lines: string[] = [];
  if (world.oneIn(3))
    lines.push(`unqualified-search-registries = [${world.times(3, () => quoted(searchEntry(world))).join(', ')}]`);
  if (world.oneIn(8))
    lines.push(`short-name-mode = ${quoted(world.pick(['disabled', 'permissive', 'enforcing', 'odd', '']))}`);
  if (world.oneIn(20)) lines.push(`credential-helpers = [${world.times(2, () => '"helper"').join(', ')}]`);
  if (world.oneIn(40))
    lines.push(world.pick(['unknown = 1', 'unknown = [[1], {a = 2}]', '= 1', 'short-name-mode = 5', 'a.b = 1']));
  lines.push(...world.times(4, () => registry(world)));
  if (world.oneIn(6)) lines.push('[aliases]', ...new Set(world.times(2, () => alias(world))));
  return `${lines.join('\n')}\n`;
}

function v1File(world: World): string {
  const list = () => `registries = [${world.times(2, () => quoted(place(world))).join(', ')}]`;
  const v2 = world.oneIn(4) ? registry(world) : '';
  return `[registries.search]\n${list()}\n[registries.block]\n${list()}\n[registries.insecure]\n${list()}\n${v2}\n`;
}

function registry(world: World): string {
  const lines = [world.oneIn(200) ? '[registry]' : '[[registry]]'];
  const shape = world.below(8);
  const prefix = shape === 0 ? world.pick(wildcards) : place(world);
  if (shape < 5) lines.push(`${key(world, 'prefix')} = ${quoted(prefix)}`);
  if (shape !== 0 || world.oneIn(2)) lines.push(`${key(world, 'location')} = ${quoted(place(world))}`);
  if (world.oneIn(6)) lines.push(`insecure = ${flag(world)}`);
  if (world.oneIn(5)) lines.push(`blocked = ${flag(world)}`);
  if (world.oneIn(8)) lines.push(`mirror-by-digest-only = ${flag(world)}`);
  if (world.oneIn(150)) lines.push('pull-from-mirror = "all"');
  lines.push(...world.times(3, () => mirror(world)));
  return lines.join('\n');
}

function mirror(world: World): string {
  const lines = ['  [[registry.mirror]]', `  location = ${quoted(place(world))}`];
  if (world.oneIn(5)) lines.push(`  insecure = ${flag(world)}`);
  if (world.oneIn(3))
    lines.push(`  pull-from-mirror = ${quoted(world.oneIn(40) ? 'odd' : world.pick(pullFromMirror))}`);
  return lines.join('\n');
}

function alias(world: World): string {
  const name = world.pick(['nginx', 'fedora', 'ns/app', 'app', ...(world.oneIn(10) ? ['a.io/b', 'a:1', 'X'] : [])]);
  const value = world.oneIn(5) ? '' : `${place(world)}/app${world.oneIn(20) ? ':v1' : ''}`;
  return `${quoted(name)} = ${quoted(value)}`;
}

function place(world: World): string {
  if (world.oneIn(120)) return world.pick(oddPlaces);
  return world.pick(world.hosts) + world.pick(world.paths) + (world.oneIn(120) ? world.pick(oddTails) : '');
}

function searchEntry(world: World): string {
  return world.oneIn(20) ? place(world) : world.pick(world.hosts);
}

const flag = (world: World): string => (world.oneIn(150) ? '"true"' : world.pick(['true', 'true', 'false']));
const key = (world: World, name: string): string => (world.oneIn(20) ? name.toUpperCase() : name);
const quoted = (text: string): string => JSON.stringify(text);
