import type { Random } from './random.ts';

const keys = ['quay.io', 'docker.io', 'index.docker.io', 'quay.io:443', 'reg.example.com:5000', '"*"'];
const endpoints = [
  'https://m1.corp',
  'http://m2.corp:5000',
  'm3.corp',
  'm3.corp:5000/',
  'https://m1.corp/v2',
  'https://m1.corp/v2/prefix',
  'https://m1.corp/v2/prefix/',
  'https://m1.corp/a/../b//c',
  'https://quay.io',
  'https://quay.io:443',
  'https://registry-1.docker.io',
  'https://bad host',
  '/v2',
  'https://user:secret@m4.corp/x',
];
const rewrites = [
  '"^ns/(.*)$": "x/$1"',
  '"(.*)": "all/$1"',
  '"^ns(/.*)?$": "y$1"',
  '"/": "-"',
  '"[": "x"',
  '"^other": "Bad Name"',
  '"^ns/app$": "single"',
];

/** Images whose registries the files name or not. */
export const images: readonly string[] = [
  'quay.io/ns/app:v1',
  'quay.io/other/img:v1',
  `quay.io/ns/app@sha256:${'0123456789abcdef'.repeat(4)}`,
  'nginx',
  'docker.io/ns/app:v1',
  'reg.example.com:5000/ns/app',
  'gcr.io/ns/app/deep:v2',
];

/** A registries.yaml as people write it; a rewrite section holds one rule, since k3s applies several in any order. */
export function generateRegistriesYaml(random: Random): string {
  const mirrors = [...new Set(random.times(4, () => random.pick(keys)))].map((key) => mirrorOf(random, key));
  const faulty = random.oneIn(25)
    ? [random.pick(['mirrors: 1', 'configs: []', 'x: y', 'mirrors: {a: {endpoint: b}}', '- a', 'a: [', 'extra: 1'])]
    : [];
  return [...(mirrors.length > 0 ? ['mirrors:', ...mirrors.flat()] : []), ...faulty, ''].join('\n');
}

function mirrorOf(random: Random, key: string): string[] {
  const list = random.times(3, () => random.pick(endpoints));
  return [
    `  ${key}:${list.length === 0 && !random.oneIn(2) ? '' : ''}`,
    ...(list.length > 0 ? ['    endpoint:', ...list.map((endpoint) => `      - "${endpoint}"`)] : []),
    ...(random.oneIn(2) ? ['    rewrite:', `      ${random.pick(rewrites)}`] : []),
    ...(random.oneIn(10) ? ['    unknown: 1'] : []),
  ];
}
