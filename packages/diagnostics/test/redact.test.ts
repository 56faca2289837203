import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskSecrets, redact } from '../src/index.ts';

test.each([
  ['https://me:pw@host/path', 'https://***@host/path'],
  ['pull docker://user:p@ss@host:5000/x failed', 'pull docker://***@host:5000/x failed'],
  ['https://host/path@x', 'https://host/path@x'],
  ['Authorization: Basic bWU6cHc=', 'Authorization: ***'],
  ['-H "Authorization: Bearer abc.def" -v', '-H "Authorization: ***" -v'],
  ['sent Bearer abcdefghijkl to host', 'sent Bearer *** to host'],
  ['{"auth": "bWU6cHc=", "email": "a@b"}', '{"auth": "***", "email": "a@b"}'],
  ['{\\"auth\\":\\"bWU6cHc=\\"}', '{\\"auth\\":\\"***\\"}'],
  ['password=hunter2&user=me', 'password=***&user=me'],
  ['  client_secret: s3cret # c', '  client_secret: *** # c'],
  ['?access_token=abc&x=1', '?access_token=***&x=1'],
  ['identitytoken: abc', 'identitytoken: ***'],
  ['.dockerconfigjson: eyJhdXRocyI6e319', '.dockerconfigjson: ***'],
  ['value eyJhdXRocyI6e319eyJhdXRocyI6e319 end', 'value *** end'],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----',
  ],
  ['auths: {quay.io: {}}', 'auths: {quay.io: {}}'],
  ['pullSecret:\n  name: x', 'pullSecret:\n  name: x'],
  ['the author: me', 'the author: me'],
])('%s becomes %s', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

test('masking keeps the length of every text', () => {
  const piece = fc.constantFrom(
    'https://a:b@c',
    ' auth: ',
    'password="',
    '"',
    'x',
    '\n',
    'eyJaaaaaaaaaaaaaaaaaaaa',
    'Bearer ',
    '@',
    '://',
    '\\',
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        expect(maskSecrets(text)).toHaveLength(text.length);
        expect(redact(redact(text))).toBe(redact(text));
      },
    ),
  );
});

test('a secret of any form is gone', () => {
  const secret = 'S3cretS3cretS3cret';
  const forms = [
    'https://u:%@h',
    'Authorization: Bearer %',
    '"auth":"%"',
    "password: '%'",
    'token=%',
    'registrytoken: %',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...forms), fc.string(), fc.string(), (form, before, after) => {
      expect(redact(`${before.replaceAll(/["'\\:=]/g, '')} ${form.replace('%', secret)} ${after}`)).not.toContain(
        secret,
      );
    }),
  );
});
