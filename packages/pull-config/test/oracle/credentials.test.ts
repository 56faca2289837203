import { type Oracle, oracleOrSkip, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { findCredentials, readAuthFile } from '../../src/index.ts';
import { objectText, stringText, withTypo } from './generated-json.ts';
import { type Random, seeded } from './random.ts';

const lookups = 20_000;

interface Question {
  readonly authJson: string;
  readonly legacy: boolean;
  readonly key: string;
}

interface Answer {
  readonly error?: { readonly message: string };
  readonly username?: string;
}

test('20,000 generated lookups give the credentials that containers/image gives', {
  timeout: 300_000,
}, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'containers-image'));
  try {
    for (let seed = 0; seed < lookups; seed++) await compare(oracle, question(seeded(seed)));
  } finally {
    oracle.close();
  }
});

async function compare(oracle: Oracle, asked: Question): Promise<void> {
  const theirs = (await oracle.ask({ op: 'credentials', ...asked })) as Answer;
  const expected = theirs.error ? 'error' : theirs;
  expect(ours(asked), `${JSON.stringify(asked)}\n${theirs.error?.message}`).toEqual(expected);
}

function ours({ authJson, legacy, key }: Question): unknown {
  const found = findCredentials([readAuthFile({ file: 'auth.json', text: authJson, legacy })], key);
  if (found.kind === 'error') return 'error';
  return found.kind === 'found' ? found.credentials : { username: '', password: '', identityToken: '' };
}

function question(random: Random): Question {
  const legacy = random.oneIn(4);
  const entries = unambiguous(
    random.times(5, () => random.pick(keys)),
    legacy,
  );
  const auths = () =>
    objectText(
      random,
      entries.map((key) => [key, () => entryText(random)] as const),
    );
  const text = legacy ? auths() : objectText(random, [['auths', auths]]);
  return { authJson: withTypo(random, text), legacy, key: random.pick(repositories) };
}

// Among several spellings of one host upstream takes any; paths tell entries apart only where the file has them.
function unambiguous(entries: readonly string[], legacy: boolean): string[] {
  const byHost = new Map(entries.map((key) => [hostOf(key), key]));
  if (legacy) return [...byHost.values()];
  const plain = entries.filter((key) => !key.includes('docker.io') && !key.includes('//'));
  return [...new Set([...byHost.values(), ...plain.filter((key) => !byHost.get(hostOf(key))?.includes('//'))])];
}

function hostOf(key: string): string {
  const host =
    key
      .replace(/^http:\/\//, '')
      .replace(/^https:\/\//, '')
      .split('/')[0] ?? '';
  return host.includes('docker.io') ? 'docker.io' : host;
}

function entryText(random: Random): string {
  return objectText(random, [
    ['auth', () => stringText(random.pick(auths))],
    ...(random.oneIn(4) ? [['identitytoken', () => stringText('tok')] as const] : []),
  ]);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const auths = [
  ...['u:p', 'u:p:q', ':', 'u:', ':p', 'no colon', '', '\0u:\0p\0', 'ü:ß', '\ufeffu:p'].map(base64),
  'dTpw\n',
  'dTpwOg',
  'dTpwOh==',
  '!!!!',
  'dTpw=',
];

const keys = [
  'quay.io',
  'quay.io/',
  'quay.io/ns',
  'quay.io/ns/app',
  'https://quay.io',
  'http://quay.io/v2/',
  'http://https://quay.io',
  'mirror.corp:5000',
  'mirror.corp:5000/ns',
  'https://mirror.corp:5000/v1/',
  'docker.io',
  'index.docker.io',
  'https://index.docker.io/v1/',
  'registry-1.docker.io',
  'docker.io/library',
  '',
  '__proto__',
];

const repositories = [
  'quay.io',
  'quay.io/ns',
  'quay.io/ns/app',
  'quay.io/ns/app/deep',
  'quay.io//x',
  'mirror.corp:5000/ns/x',
  'mirror.corp/ns/x',
  'docker.io/library/nginx',
  'index.docker.io/library/nginx',
  'registry-1.docker.io',
  'quay.io/ns:tag',
  'quay.io/ns@sha256:abc',
  'https://quay.io',
  '',
  '/x',
];
