import type { Random } from './random.ts';

/** Pieces of image names that meet each other often enough for prefixes, scopes and mirrors to match. */
const hosts = [
  'quay.io',
  'docker.io',
  'index.docker.io',
  'registry.example.com',
  'a.registry.example.com',
  'example.com:5000',
  'localhost',
  'localhost:5000',
  '10.0.0.1:8443',
  'mirror',
  '[::1]:5000',
  'UPPER.io',
];
const paths = ['', '', '/ns', '/ns/app', '/ns/app/deep', '/library/nginx', '/a__b.c-d', '/NS', '/-x', '//', '/'];
const digests = [
  `@sha256:${'0123456789abcdef'.repeat(4)}`,
  `@sha512:${'0123456789abcdef'.repeat(8)}`,
  '@sha256:abc',
  '@md5:d41d8cd98f00b204e9800998ecf8427e',
  '@',
];
const tags = [':v1', ':latest', ':4.21.0-x86_64', ':', ':-x', `:${'t'.repeat(129)}`];

/** Tokens of references, scopes and locations. */
export const nameTokens: readonly string[] = [
  ...hosts,
  ...paths.filter((path) => path !== ''),
  ...digests,
  ...tags,
  '*.',
  '*',
  '.',
  ':',
  '/',
  '@',
  '-',
  '_',
  '__',
  'a',
  '0',
  'sha256:',
  'https://',
];

/** `host[:port][/path]`, mostly valid. */
export function location(random: Random): string {
  return random.pick(hosts) + random.pick(paths);
}

/** A location or a wildcard. */
export function scope(random: Random): string {
  return random.oneIn(4)
    ? random.pick(['*.example.com', '*.registry.example.com', '*.io', '*.', '*'])
    : location(random);
}

/** A reference as users write them, full and short. */
export function reference(random: Random): string {
  const name = random.oneIn(5) ? random.pick(['nginx', 'ns/app', 'localhost/x']) : location(random);
  return name + random.pick(['', '', '/img']) + tail(random);
}

function tail(random: Random): string {
  if (random.oneIn(4)) return '';
  return (random.oneIn(2) ? random.pick(tags) : '') + (random.oneIn(2) ? random.pick(digests) : '');
}
