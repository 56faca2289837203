import { type AuthFile, findCredentials, readAuthFile } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const base64 = (text: string) => Buffer.from(text).toString('base64');

function authFile(auths: Record<string, string>, file = 'auth.json'): AuthFile {
  const entries = Object.entries(auths).map(([key, value]) => [key, { auth: base64(value) }]);
  return readAuthFile({ file, text: JSON.stringify({ auths: Object.fromEntries(entries) }) });
}

function keyFor(files: AuthFile[], repository: string): string | undefined {
  const found = findCredentials(files, repository);
  return found.kind === 'found' ? `${found.file} ${found.key}` : found.kind;
}

test('the longest parent path of a repository wins over its host', () => {
  const files = [authFile({ 'mirror.example.com': 'a:b', 'mirror.example.com/team': 'c:d' })];
  expect(keyFor(files, 'mirror.example.com/team/app')).toBe('auth.json mirror.example.com/team');
  expect(keyFor(files, 'mirror.example.com/teams/app')).toBe('auth.json mirror.example.com');
});

test('a host without a port does not serve a host with one', () => {
  expect(keyFor([authFile({ 'mirror.example.com': 'a:b' })], 'mirror.example.com:5000/x')).toBe('none');
});

test('the first file with credentials wins, an entry without any is passed over', () => {
  const files = [authFile({ 'quay.io': 'no colon' }, 'first'), authFile({ 'quay.io': 'a:b' }, 'second')];
  expect(keyFor(files, 'quay.io/ns/app')).toBe('second quay.io');
});

test('a file that does not load is an error only when it is reached', () => {
  const broken = readAuthFile({ file: 'broken', text: '{"auths": ' });
  expect(keyFor([authFile({ 'quay.io': 'a:b' }), broken], 'quay.io/x')).toBe('auth.json quay.io');
  expect(findCredentials([broken], 'quay.io/x')).toMatchObject({
    kind: 'error',
    code: 'auth-json-syntax',
    file: 'broken',
  });
});

test('keys written as URLs serve their host, and the names of Docker Hub are one', () => {
  const files = [authFile({ 'https://index.docker.io/v1/': 'a:b', 'http://quay.io/v2/': 'c:d' })];
  expect(keyFor(files, 'docker.io/library/nginx')).toBe('auth.json https://index.docker.io/v1/');
  expect(keyFor(files, 'quay.io/x')).toBe('auth.json http://quay.io/v2/');
});

test('a credential helper of the host goes before every entry of the file', () => {
  const text = JSON.stringify({
    auths: { 'ecr.example.com/app': { auth: base64('a:b') } },
    credHelpers: { 'ecr.example.com': 'ecr-login' },
  });
  expect(findCredentials([readAuthFile({ file: 'f', text })], 'ecr.example.com/app')).toEqual({
    kind: 'helper',
    file: 'f',
    key: 'ecr.example.com',
    helper: 'ecr-login',
  });
});

test('a .dockercfg knows hosts alone', () => {
  const text = JSON.stringify({
    'quay.io/ns': { auth: base64('a:b') },
    'https://mirror.corp/v1/': { auth: base64('c:d') },
  });
  const file = readAuthFile({ file: '.dockercfg', text, legacy: true });
  expect(keyFor([file], 'quay.io/ns/app')).toBe('.dockercfg quay.io/ns');
  expect(keyFor([file], 'mirror.corp/ns/app')).toBe('.dockercfg https://mirror.corp/v1/');
});

test('base64 that is broken is an error which shows the key and no value', () => {
  const file = readAuthFile({ file: 'f', text: '{"auths":{"quay.io":{"auth":"!!secret"}}}' });
  const found = findCredentials([file], 'quay.io/x');
  expect(found).toMatchObject({ kind: 'error', code: 'auth-bad-base64' });
  expect(JSON.stringify(found)).not.toContain('secret');
});

test('the password keeps its colons and loses NUL bytes around it', () => {
  const found = findCredentials([authFile({ h: 'user:p:w\0\0' })], 'h');
  expect(found).toMatchObject({ credentials: { username: 'user', password: 'p:w', identityToken: '' } });
});

test('members match in any case and a repeated "auths" adds to the first, as in Go', () => {
  const text = `{"AUTHS":{"a":{"Auth":"${base64('x:y')}"}},"auths":{"b":{"auth":"${base64('x:y')}"}}}`;
  expect([...readAuthFile({ file: 'f', text }).auths.keys()]).toEqual(['a', 'b']);
});

test('keys of objects in the file reach no prototype', () => {
  const text = '{"auths":{"__proto__":{"auth":"eDp5"},"constructor":{"auth":"eDp5"}}}';
  const file = readAuthFile({ file: 'f', text });
  expect(keyFor([file], '__proto__')).toBe('f __proto__');
  expect(keyFor([file], 'toString')).toBe('none');
});

test('a repository with a tag is refused', () => {
  expect(findCredentials([], 'quay.io/x:v1')).toMatchObject({ kind: 'error', code: 'auth-key-has-tag' });
});

test('a wrong type is placed at its line', () => {
  const { diagnostics } = readAuthFile({ file: 'f', text: '{\n "auths": {"a": {"auth": 1}}\n}' });
  expect(diagnostics).toMatchObject([{ code: 'auth-json-type', at: { start: { line: 2, column: 26 } } }]);
});
