import { containerdRoutes } from '@pullpath/pull-config';
import { mutated } from '../mutate.ts';
import { location, nameTokens } from '../names.ts';
import type { Random } from '../random.ts';
import type { FuzzTarget } from '../target.ts';

/** hosts.toml of containerd: read as far as it goes, and every pull gets an answer. */
export const hostsToml: FuzzTarget = {
  name: 'hosts-toml',
  generate: (random) => mutated(random, hostsText(random), [...tokens, ...nameTokens]),
  check(input) {
    const path = '/etc/containerd/certs.d/quay.io/hosts.toml';
    const { route, hosts } = containerdRoutes([{ path, mode: 0o644, contents: input }]);
    for (const image of ['quay.io/ns/app:v1', 'nginx', 'quay.io/a@sha256:x']) route(image);
    hosts('quay.io');
  },
};

const tokens = [
  '[host."https://m.io"]\n',
  '[host."https://m.io".header]\n',
  '[host]\n',
  '[[host]]\n',
  'server = ',
  'capabilities = ["pull", "resolve"]\n',
  'capabilities = "pull"\n',
  'ca = "/ca.crt"\n',
  'ca = ["a", 1]\n',
  'client = [["/c", "/k"]]\n',
  'skip_verify = true\n',
  'override_path = true\n',
  'dial_timeout = "1h"\n',
  '"https://',
  '"unix:///x"',
  '"""',
  "'",
  '= ',
  '[',
  ']',
  '# ',
];

function hostsText(random: Random): string {
  const server = random.oneIn(2) ? `server = ${url(random)}\n` : '';
  return server + random.times(3, () => hostText(random)).join('');
}

function hostText(random: Random): string {
  const lines = [
    'capabilities = ["pull", "resolve"]',
    'capabilities = ["pull"]',
    'skip_verify = true',
    'override_path = true',
    'dial_timeout = "3s"',
    'ca = "/etc/ca.crt"',
  ];
  return `[host.${url(random)}]\n${random.times(3, () => `  ${random.pick(lines)}\n`).join('')}`;
}

function url(random: Random): string {
  return JSON.stringify(
    random.pick(['https://', 'http://', '', 'ftp://']) +
      location(random) +
      random.pick(['', '/v2', '/v2/x', '?q', ':0']),
  );
}
