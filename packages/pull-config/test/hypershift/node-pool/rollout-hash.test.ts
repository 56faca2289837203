import { expect, test } from 'vitest';
import {
  globalConfigText,
  hashConfigMapData,
  hashSimple,
  parseReleaseVersion,
  rolloutHashes,
} from '../../../src/hypershift/index.ts';

function globalConfig(version: string, input: Parameters<typeof globalConfigText>[0] = {}): string {
  const parsed = parseReleaseVersion(version);
  if (!parsed) throw new Error(version);
  return globalConfigText(input, parsed);
}

function hashes(releaseVersion: string, rhelStream = ''): unknown {
  const names = { pullSecretName: 'pull-secret', additionalTrustBundleName: '' };
  return rolloutHashes({
    rawConfig: '',
    releaseVersion,
    ...names,
    globalConfig: globalConfig(releaseVersion),
    rhelStream,
  });
}

test('hashes of an empty configuration are those of HyperShift', () => {
  expect(hashes('4.18.0')).toEqual({ hash: '83935368', hashWithoutVersion: '0db5756d' });
  expect(hashes('5.0.0')).toEqual({ hash: 'bc411add', hashWithoutVersion: '0db5756d' });
  expect(hashes('5.0.0', 'rhel-9')).toEqual({ hash: '3d08ada8', hashWithoutVersion: '3a158178' });
});

test('a text hashes by its bytes, bytes by what Go prints for them', () => {
  expect([hashSimple(''), hashSimple('test config'), hashSimple([1, 2]), hashSimple('[1 2]')]).toEqual([
    '811c9dc5',
    '3df4c80d',
    hashSimple('[1 2]'),
    hashSimple([1, 2]),
  ]);
});

test('data hashes by key whatever the order, and keys never run into values', () => {
  const hash = (record: Record<string, string>): string => hashConfigMapData(new Map(Object.entries(record)));
  expect(hash({ a: '1', b: '2' })).toBe(hash({ b: '2', a: '1' }));
  expect(hash({ ab: 'c' })).not.toBe(hash({ a: 'bc' }));
  expect(hash({})).toBe('');
});

test('the proxy status lists what is never proxied, the region of AWS among it', () => {
  const text = globalConfig('4.22.0', {
    configuration: {
      proxy: { httpsProxy: 'http://p?a&b', noProxy: 'z.example.com,,a' },
      image: { imageStreamImportMode: '' },
    },
    networking: { clusterNetwork: [{ cidr: '10.132.0.0/14' }], serviceNetwork: [{ cidr: '172.31.0.0/16' }] },
    platform: { type: 'AWS', aws: { region: 'eu-west-1' } },
  });
  expect(text).toBe(
    '{"metadata":{"name":"cluster","creationTimestamp":null},"spec":{"httpsProxy":"http://p?a\\u0026b","noProxy":"z.example.com,,a","trustedCA":{"name":""}},"status":{"httpsProxy":"http://p?a\\u0026b","noProxy":".cluster.local,.eu-west-1.compute.internal,.local,.svc,10.132.0.0/14,127.0.0.1,169.254.169.254,172.31.0.0/16,a,localhost,z.example.com"}}\n' +
      '{"metadata":{"name":"cluster","creationTimestamp":null},"spec":{"additionalTrustedCA":{"name":""},"registrySources":{}},"status":{}}\n',
  );
});

test('from 4.23 on the TLS profile counts, pre-releases included', () => {
  const configuration = {
    apiServer: { tlsSecurityProfile: { type: 'Custom', custom: { ciphers: ['A'], minTLSVersion: 'VersionTLS13' } } },
  };
  expect(globalConfig('4.23.0-ec.1', { configuration }).split('\n')[2]).toBe(
    '{"type":"Custom","custom":{"ciphers":["A"],"minTLSVersion":"VersionTLS13"}}',
  );
  expect(globalConfig('4.23.0').split('\n')[2]).toBe('null');
  expect(globalConfig('4.22.9', { configuration }).split('\n')[2]).toBe('');
});
