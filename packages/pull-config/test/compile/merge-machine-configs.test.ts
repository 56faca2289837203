import { expect, test } from 'vitest';
import { type KubeObject, mergeMachineConfigs } from '../../src/index.ts';

const role = 'machineconfiguration.openshift.io/role';

function config(name: string, spec: object, of = 'worker'): KubeObject {
  const metadata = { name, labels: { [role]: of } };
  return { apiVersion: 'machineconfiguration.openshift.io/v1', kind: 'MachineConfig', metadata, spec };
}

function files(...contents: readonly (readonly [path: string, source: string])[]): object {
  const all = contents.map(([path, source]) => ({ path, contents: { source } }));
  return { config: { ignition: { version: '3.5.0' }, storage: { files: all } } };
}

function pool(...roles: readonly string[]): KubeObject {
  const machineConfigSelector = { matchExpressions: [{ key: role, operator: 'In', values: roles }] };
  return { apiVersion: 'v1', kind: 'MachineConfigPool', metadata: { name: 'p' }, spec: { machineConfigSelector } };
}

test('of several files with one path the one of the last name counts', () => {
  const all = [config('99-b', files(['/a', 'late'])), config('00-a', files(['/a', 'early'], ['/b', 'only']))];
  const { spec, sources } = mergeMachineConfigs(pool('worker'), all);
  expect(spec['config']).toMatchObject({
    storage: {
      files: [
        { path: '/a', contents: { source: 'late' } },
        { path: '/b', contents: { source: 'only' } },
      ],
    },
  });
  expect(sources).toEqual(['00-a', '99-b']);
});

test('those of role worker come first, so that a custom pool has the last word', () => {
  const all = [config('00-infra', files(['/a', 'infra']), 'infra'), config('99-worker', files(['/a', 'worker']))];
  const { spec, sources } = mergeMachineConfigs(pool('worker', 'infra'), all);
  expect(sources).toEqual(['99-worker', '00-infra']);
  expect(JSON.stringify(spec)).toContain('"source":"infra"');
});

test('what the pool does not select is left out', () => {
  expect(mergeMachineConfigs(pool('worker'), [config('a', files(['/a', 'x']), 'master')]).sources).toEqual([]);
});

test('kernel arguments add up, extensions are a set, FIPS stays', () => {
  const all = [
    config('a', { kernelArguments: ['one'], extensions: ['usbguard'], fips: true }),
    config('b', { kernelArguments: ['two'], extensions: ['ipsec', 'usbguard'], osImageURL: 'image' }),
  ];
  expect(mergeMachineConfigs(pool('worker'), all).spec).toEqual({
    config: { ignition: { version: '3.5.0' } },
    kernelArguments: ['one', 'two'],
    extensions: ['ipsec', 'usbguard'],
    osImageURL: 'image',
    fips: true,
  });
});

test('the order of the input changes nothing', () => {
  const all = [config('a', files(['/b', '1'])), config('b', files(['/a', '2'])), config('c', files(['/b', '3']))];
  expect(mergeMachineConfigs(pool('worker'), all.toReversed())).toEqual(mergeMachineConfigs(pool('worker'), all));
});
