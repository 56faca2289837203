import { type LocatedObject, loadManifests } from '@pullpath/api';
import { checkInstallConfig, repositoryFault, trustBundleBlocks } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const certificate = `-----BEGIN CERTIFICATE-----
MIIBcjCCARmgAwIBAgIUN8s6I/tEkUBjJz9G3xQ/YwjvPZUwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAeFw0yNjExMjQwNzQyMTRaFw0zNjExMjEwNzQyMTRa
MA8xDTALBgNVBAMMBHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQawhB6
XlUXRaks2uiyK9197YJN+lkTRh+nQfCeMZG5APXNHbnclvtjsHbHGLcEMhOXDfIP
UQowPX8I/UrPEg2Po1MwUTAdBgNVHQ4EFgQUXqu41g8pOg3YH5ONlmMNz3UUt9ww
HwYDVR0jBBgwFoAUXqu41g8pOg3YH5ONlmMNz3UUt9wwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNHADBEAiA4Xw7KwXMwuFOXn8dTnxMqy/8CECpw/cQ7yV4N
VQqeuAIgPr+ysclFIBHSBza83aUgb693BouqIgfCnf3Yy9RpEbQ=
-----END CERTIFICATE-----
`;

test.each([
  ['quay.io/ns/app', undefined],
  ['mirror.example.com:5000', undefined],
  ['mirror', undefined],
  ['10.0.0.1:5000/x', undefined],
  ['ocp/openshift', 'the repository provided is invalid: "ocp/openshift" is not a host name'],
  ['quay.io/ns:latest', 'must be repository--not reference'],
  [`quay.io/ns@sha256:${'a'.repeat(64)}`, 'must be repository--not reference'],
  ['*.example.com', 'failed to parse: '],
  ['https://quay.io/ns', 'failed to parse: '],
  ['', 'failed to parse: '],
])('the installer says of the repository %j: %s', (text, expected) => {
  const fault = repositoryFault(text);
  if (expected?.endsWith(': ')) expect(fault?.startsWith(expected)).toBe(true);
  else expect(fault).toBe(expected);
});

test('the registries of mirrors are listed once each, with the mirror that names them first', () => {
  const { hosts } = checkInstallConfig(
    configOf(`imageDigestSources:
- source: quay.io/openshift-release-dev/ocp-release
  mirrors: [mirror.corp:5000/ocp4/release, 'https://no.corp/x']
- source: quay.io/openshift-release-dev/ocp-v4.0-art-dev
  mirrors: [mirror.corp:5000/ocp4/art, other.corp]
`),
  );
  expect(hosts).toEqual([
    { host: 'mirror.corp:5000', path: ['imageDigestSources', 0, 'mirrors', 0] },
    { host: 'other.corp', path: ['imageDigestSources', 1, 'mirrors', 1] },
  ]);
});

test('all faults of a file are reported at their places', () => {
  const { diagnostics } = checkInstallConfig(
    configOf(`pullSecret: '{"auths":{"mirror.corp:5000/ocp4":{"auth":"YTpi"},"quay.io":{"email":"x"}}}'
additionalTrustBundlePolicy: Sometimes
additionalTrustBundle: |
  -----BEGIN CERTIFICATE-----
  AAAA
  -----END CERTIFICATE-----
imageDigestSources:
- source: quay.io/openshift-release-dev/ocp-release
  mirrors: [mirror.corp:5000/ocp4/release, other.corp/x]
  sourcePolicy: AllowFallback
- source: quay.io/openshift-release-dev/ocp-v4.0-art-dev:latest
  mirrors: []
`),
  );
  expect(diagnostics.map(({ severity, code, at, path }) => `${severity} ${code} ${at?.start.line} ${path}`)).toEqual([
    'error install-config-value 13 imageDigestSources[0].sourcePolicy',
    'error install-config-repository 14 imageDigestSources[1].source',
    'warning install-config-no-mirrors 14 imageDigestSources[1]',
    'error install-config-pull-secret 4 pullSecret',
    'warning install-config-no-credentials 12 imageDigestSources[0].mirrors[1]',
    'error install-config-trust-bundle 6 additionalTrustBundle',
    'error install-config-value 5 additionalTrustBundlePolicy',
    'warning install-config-release-unmirrored 10 undefined',
  ]);
});

test('credentials of a namespace of the mirror are found as nodes find them', () => {
  const { diagnostics, authFile } = checkInstallConfig(
    configOf(`pullSecret: '{"auths":{"mirror.corp:5000/ocp4":{"auth":"YTpi"}}}'
imageDigestSources:
- source: quay.io/openshift-release-dev
  mirrors: [mirror.corp:5000/ocp4/deep]
`),
  );
  expect(diagnostics).toEqual([]);
  expect(authFile?.auths.size).toBe(1);
});

test('a pull secret is never repeated, also when it is no JSON', () => {
  const { diagnostics, authFile } = checkInstallConfig(configOf(`pullSecret: '<your-secret-here>'\n`));
  expect(authFile).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(['install-config-pull-secret']);
  expect(JSON.stringify(diagnostics)).not.toContain('your-secret-here');
});

test('the release image is looked for at its mirrors in order, then at the source', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const { releaseAttempts, mirrors } = checkInstallConfig(
    configOf(`pullSecret: '{"auths":{"mirror.corp:5000":{"auth":"YTpi"}}}'
imageDigestSources:
- source: quay.io/openshift-release-dev/ocp-release
  mirrors: [mirror.corp:5000/a]
- source: quay.io/openshift-release-dev/ocp-release
  mirrors: [mirror.corp:5000/b, mirror.corp:5000/a]
`),
    { releaseImage: `quay.io/openshift-release-dev/ocp-release@${digest}` },
  );
  expect(mirrors).toEqual(['mirror.corp:5000/a', 'mirror.corp:5000/b']);
  expect(releaseAttempts).toEqual([
    `mirror.corp:5000/a@${digest}`,
    `mirror.corp:5000/b@${digest}`,
    `quay.io/openshift-release-dev/ocp-release@${digest}`,
  ]);
});

test('the older list is a warning that names the newer one', () => {
  const { diagnostics } = checkInstallConfig(
    configOf(`pullSecret: '{"auths":{"m.corp":{"auth":"YTpi"}}}'
imageContentSources:
- source: quay.io/openshift-release-dev
  mirrors: [m.corp/x]
`),
  );
  expect(diagnostics).toMatchObject([{ code: 'install-config-deprecated', severity: 'warning' }]);
});

test('a trust bundle may hold text between certificates', () => {
  expect(trustBundleBlocks(`# root\n${certificate}\n# other\n${certificate}`)).toEqual([{ line: 2 }, { line: 14 }]);
});

test('a key, a cut certificate and bytes that are none are told apart', () => {
  const cut = certificate.replace('MIIBcjCCARmg', 'MIIBczCCARmg');
  expect(
    trustBundleBlocks(
      `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${cut}-----BEGIN CERTIFICATE-----\n`,
    ),
  ).toEqual([
    { line: 1, fault: 'a block "PRIVATE KEY" is no CERTIFICATE' },
    { line: 4, fault: 'the bytes of a block are no X.509 certificate' },
    { line: 14, fault: 'a block CERTIFICATE has no end' },
  ]);
});

function configOf(fields: string): LocatedObject {
  const text = `apiVersion: v1\nbaseDomain: x\nmetadata: {name: c}\n${fields}`;
  const [config] = loadManifests([{ file: 'install-config.yaml', text }]).objects;
  if (config === undefined) throw new Error('no install-config');
  return config;
}
