import { describe, expect, test } from 'vitest';
import { findKind } from '../../src/kinds/index.ts';
import { formatFieldError } from '../../src/schema/field-error.ts';
import { validate } from '../../src/schema/validate.ts';

function faults(apiVersion: string, kind: string, fields: object, old?: object): string[] {
  const definition = findKind(apiVersion, kind);
  if (!definition) throw new Error(`no kind ${kind}`);
  const whole = (rest: object) => ({ apiVersion, kind, metadata: { name: 'x' }, ...rest });
  const options = old ? { oldValue: whole(old) } : {};
  const errors = [...validate(definition.schema, whole(fields), options), ...(definition.check?.(whole(fields)) ?? [])];
  return errors.map(formatFieldError);
}

const config = 'config.openshift.io/v1';
const machine = 'machineconfiguration.openshift.io/v1';
const hypershift = 'hypershift.openshift.io/v1beta1';

describe('HostedCluster', () => {
  const hostedCluster = (spec: object, old?: object) =>
    faults(hypershift, 'HostedCluster', { spec }, old && { spec: old });

  test('refuses imageMirrorConfig and names imageMirrorConfigRef', () => {
    expect(hostedCluster({ imageMirrorConfig: { name: 'mirrors' } })).toEqual([
      'spec.imageMirrorConfig: Forbidden: imageMirrorConfig is not a field, use imageMirrorConfigRef',
    ]);
  });

  test.each([['Mirrors'], ['-a'], ['a..b']])('refuses the ConfigMap name %s', (name) => {
    expect(hostedCluster({ imageMirrorConfigRef: { name } })).toEqual([
      `spec.imageMirrorConfigRef.name: Invalid value: "${name}": name must be a valid DNS subdomain`,
    ]);
  });

  test.each<[string, object[], string]>([
    ['an empty source', [{ source: '', mirrors: ['m.corp'] }], 'source cannot be empty'],
    ['a missing source', [{ mirrors: ['m.corp'] }], 'source cannot be empty'],
    ['no mirrors', [{ source: 'quay.io', mirrors: [] }], 'at least one mirror must be specified'],
    ['missing mirrors', [{ source: 'quay.io' }], 'at least one mirror must be specified'],
    ['a repeated mirror', [{ source: 'quay.io', mirrors: ['m.corp', 'm.corp'] }], 'duplicate mirror URL "m.corp"'],
    [
      'a repeated source',
      [
        { source: 'quay.io', mirrors: ['m.corp'] },
        { source: 'quay.io', mirrors: ['n.corp'] },
      ],
      'duplicate source "quay.io"',
    ],
    [
      'a source repeated in another case',
      [
        { source: 'quay.io/a', mirrors: ['m.corp'] },
        { source: 'Quay.io/a', mirrors: ['n.corp'] },
      ],
      'duplicate source "Quay.io/a"',
    ],
    [
      'an unknown policy',
      [{ source: 'quay.io', mirrors: ['m.corp'], mirrorSourcePolicy: 'X' }],
      'invalid mirrorSourcePolicy',
    ],
    ['a mirror that is the source', [{ source: 'quay.io', mirrors: ['quay.io'] }], 'mirror must differ from source'],
    ['a source with a scheme', [{ source: 'https://quay.io', mirrors: ['m.corp'] }], 'in body should match'],
  ])('imageTagMirrorSet refuses %s', (_, imageTagMirrorSet, text) => {
    expect(hostedCluster({ imageTagMirrorSet }).join('\n')).toContain(text);
  });

  test('imageContentSources has limits but no patterns', () => {
    expect(hostedCluster({ imageContentSources: [{ source: 'https://anything', mirrors: [] }] })).toEqual([]);
    expect(hostedCluster({ imageContentSources: [{ source: 'x'.repeat(256) }] })).toEqual([
      'spec.imageContentSources[0].source: Too long: may not be more than 255 bytes',
    ]);
  });

  test('fields that are not declared are left alone', () => {
    expect(hostedCluster({ platform: { type: 'None' }, networking: { anything: [1] } })).toEqual([]);
  });

  test('the placement of catalogs cannot be changed', () => {
    expect(hostedCluster({ olmCatalogPlacement: 'guest' }, { olmCatalogPlacement: 'management' })).toEqual([
      'spec.olmCatalogPlacement: Invalid value: "guest": cannot be changed',
    ]);
  });
});

test('an Image may not both allow and block', () => {
  const registrySources = { allowedRegistries: ['a.io'], blockedRegistries: ['b.io'] };
  expect(faults(config, 'Image', { spec: { registrySources } })).toEqual([
    'spec.registrySources: Invalid value: only one of blockedRegistries and allowedRegistries may be set',
  ]);
});

test('an Image does not check the entries of containerRuntimeSearchRegistries', () => {
  const registrySources = { containerRuntimeSearchRegistries: ['not a host'] };
  expect(faults(config, 'Image', { spec: { registrySources } })).toEqual([]);
});

test('a MachineConfigPool takes any text for maxUnavailable', () => {
  expect(faults(machine, 'MachineConfigPool', { spec: { maxUnavailable: 'nonsense' } })).toEqual([]);
});

test('Reboot stands alone in a node disruption policy', () => {
  const files = [{ path: '/etc/a', actions: [{ type: 'Reboot' }, { type: 'None' }] }];
  expect(
    faults('operator.openshift.io/v1', 'MachineConfiguration', { spec: { nodeDisruptionPolicy: { files } } }),
  ).toEqual([
    'spec.nodeDisruptionPolicy.files[0].actions: Invalid value: Reboot must be the only action',
    'spec.nodeDisruptionPolicy.files[0].actions: Invalid value: None must be the only action',
  ]);
});

test('an install-config may not name mirrors in both ways', () => {
  const sources = [{ source: 'quay.io/a', mirrors: ['m.corp/a'] }];
  expect(faults('v1', 'InstallConfig', { imageContentSources: sources, imageDigestSources: sources })).toEqual([
    '<nil>: Invalid value: cannot set imageContentSources and imageDigestSources at the same time',
  ]);
});

test('a CRIOCredentialProviderConfig must be named cluster', () => {
  expect(faults(config, 'CRIOCredentialProviderConfig', { spec: {} })).toEqual([
    '<nil>: Invalid value: the object must be named cluster',
  ]);
});

describe('ImagePolicy scopes', () => {
  const scope = (text: string) => {
    const policy = { rootOfTrust: { policyType: 'PublicKey', publicKey: { keyData: key } } };
    return faults(config, 'ImagePolicy', { spec: { scopes: [text], policy } }).length === 0;
  };
  const key = btoa(`-----BEGIN PUBLIC KEY-----\n${'A'.repeat(40)}\n-----END PUBLIC KEY-----`);

  test.each([
    'quay.io',
    'quay.io:443/a/b',
    'localhost:5000/a',
    '*.example.com',
    'quay.io/a:v1',
    `quay.io/a@sha256:${'0'.repeat(64)}`,
  ])('accept %s', (text) => {
    expect(scope(text)).toBe(true);
  });

  test.each([
    'busybox',
    'quay',
    '*',
    '*.example.com/a',
    'a*.io',
    'quay.io/A',
    'https://quay.io',
    'quay.io/a@sha256:abc',
  ])('refuse %s', (text) => {
    expect(scope(text)).toBe(false);
  });
});
