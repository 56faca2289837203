import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { trustedCertificates } from '../../src/index.ts';
import { objectOf } from './rule-builders.ts';

const pem = readFileSync(`${import.meta.dirname}/fixtures/ca.crt`, 'utf8');

test('two dots of a key stand for the colon before a port', () => {
  expect(certificatesOf({ data: { 'mirror.corp..5000': pem } }).certificates).toEqual([
    { host: 'mirror.corp:5000', pem },
  ]);
});

test('keys are sorted, data before binaryData, and values of either are decoded', () => {
  const { certificates, faults } = certificatesOf({
    binaryData: { 'a.io': btoa(pem) },
    data: { 'c.io': pem, 'b.io': btoa(pem) },
  });
  expect(certificates.map(({ host }) => host)).toEqual(['b.io', 'c.io', 'a.io']);
  expect(new Set(certificates.map((each) => each.pem))).toEqual(new Set([pem]));
  expect(faults).toEqual([]);
});

test('data that happens to be base64 is decoded, which is reported since no PEM comes out', () => {
  const { certificates, faults } = certificatesOf({ data: { 'a.io': 'abcd' } });
  expect(certificates[0]?.pem).not.toBe('abcd');
  expect(faults.map(({ code }) => code)).toEqual(['trusted-ca-not-pem']);
});

test.each(['mirror.corp:x', '..', '.', 'a/b', '-a.io', '..5000'])(
  'key %j, which is no host, makes no folder',
  (key) => {
    const { certificates, faults } = certificatesOf({ data: { [key]: pem } });
    expect(certificates).toEqual([]);
    expect(faults).toMatchObject([{ code: 'trusted-ca-key', origin: { path: ['data', key] } }]);
  },
);

function certificatesOf(maps: Record<string, unknown>): ReturnType<typeof trustedCertificates> {
  return trustedCertificates({ object: objectOf('ConfigMap', 'ca', maps) });
}
