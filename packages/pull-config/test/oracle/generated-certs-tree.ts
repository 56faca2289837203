import type { Random } from './random.ts';

const urls = [
  'https://m1.corp',
  'http://m2.corp:5000',
  'http://m3.corp',
  'm4.corp',
  'm4.corp:80',
  'http://m5.corp:80',
  'https://m1.corp/v2/',
  'https://m1.corp/v2/prefix',
  'https://m1.corp/a/../b//c',
  'https://m1.corp/v2/x/',
  'https://user:secret@m6.corp/x',
  'https://m1.corp/%41/x',
  'https://m1.corp?q=1#f',
  'localhost:5000',
  'httpx://m7.corp',
  'https://quay.io',
  'https://m1.corp:port',
  'https://bad host',
  'https://m1.corp/%zz',
];
const directories = [
  'quay.io',
  'docker.io',
  '_default',
  'reg.example.com_5000_',
  'reg.example.com:5000',
  'localhost:5000',
];

/** Registries whose hosts are worth asking for. */
export const registries = [
  'quay.io',
  'docker.io',
  'reg.example.com:5000',
  'other.example.com',
  'localhost:5000',
  'localhost',
  '127.0.0.1:80',
];

/** A `certs.d` tree as people write it by hand: most files load, some have faults of every kind. */
export function generateCertsTree(random: Random): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const directory of random.times(3, () => random.pick(directories))) {
    tree[`${directory}/hosts.toml`] = random.oneIn(15) ? '' : hostsToml(random);
  }
  return tree;
}

function hostsToml(random: Random): string {
  const root = [...(random.oneIn(2) ? [`server = "${random.pick(urls)}"`] : []), ...settings(random, '')];
  const tables = random.times(3, () => table(random));
  return [...root, ...tables.flat(), ''].join('\n');
}

function table(random: Random): string[] {
  const header = `host."${random.pick(urls.slice(0, random.oneIn(6) ? urls.length : 12))}"`;
  const extra = random.oneIn(8) ? [`  [${header}.header]`, '    x-a = ["1", "2"]'] : [];
  if (random.oneIn(20)) return [`[[${header}]]`];
  if (random.oneIn(20)) return ['note = """', `[${header}]`, '"""'];
  return [
    random.oneIn(6) ? `[ ${header.replace('.', ' . ')} ] # note` : `[${header}]`,
    ...settings(random, '  '),
    ...extra,
  ];
}

function settings(random: Random, indent: string): string[] {
  const lines = [
    random.pick([
      'capabilities = ["pull"]',
      'capabilities = ["pull", "resolve"]',
      'Capabilities = ["PUSH"]',
      'capabilities = []',
    ]),
    random.pick(['skip_verify = true', 'skip_verify = false', '', '']),
    random.pick(['override_path = true', '', '', '']),
    random.pick(['dial_timeout = "5s"', 'unknown = 1', '', '', '']),
    random.oneIn(25) ? random.pick(faults) : '',
  ];
  return lines.filter((line) => line !== '' && random.oneIn(2)).map((line) => indent + line);
}

const faults = [
  'capabilities = ["pulls"]',
  'capabilities = "pull"',
  'skip_verify = "yes"',
  'override_path = 1',
  'dial_timeout = "5"',
  'dial_timeout = 5',
  'ca = 1',
  'client = [["a"]]',
  'header = {a = 1}',
  'x = ',
  'server = 1',
];
