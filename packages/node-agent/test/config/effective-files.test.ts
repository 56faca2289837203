import { expect, test } from 'vitest';
import type { DesiredConfig } from '../../src/config/desired-config.ts';
import { effectiveFiles } from '../../src/config/effective-files.ts';
import { fromText } from '../../src/config/node-file.ts';
import { policiesOf, reloadsFor } from '../../src/config/policies.ts';
import { confPath, file, mirrorConf } from '../start.ts';

function config(...files: readonly ReturnType<typeof file>[]): DesiredConfig {
  return { name: 'rendered-worker-1', files: files.map(fromText), unapplied: [] };
}

function textsOf({ files }: ReturnType<typeof effectiveFiles>): Record<string, string> {
  return Object.fromEntries(files.map(({ path, contents }) => [path, contents.toString()]));
}

test('CRI-O reads the files as they are', () => {
  const whole = config(file(confPath, mirrorConf('m.example/ns')), file('/etc/containers/policy.json', '{}'));
  expect(effectiveFiles(whole, 'crio')).toBe(whole);
});

test('for containerd registries.conf and its authorities become certs.d, and other files stay', () => {
  const conf = '[[registry]]\nlocation = "quay.io"\n[[registry.mirror]]\nlocation = "m.example"\n';
  const effective = effectiveFiles(
    config(
      file(confPath, conf),
      file('/etc/docker/certs.d/m.example/ca.crt', 'PEM'),
      file('/var/lib/kubelet/config.json', '{}'),
    ),
    'containerd',
  );
  expect(Object.keys(textsOf(effective))).toEqual([
    '/etc/containerd/certs.d/m.example/ca.crt',
    '/etc/containerd/certs.d/quay.io/hosts.toml',
    '/var/lib/kubelet/config.json',
  ]);
  expect(textsOf(effective)['/etc/containerd/certs.d/quay.io/hosts.toml']).toContain('[host."https://m.example"]');
  expect(textsOf(effective)['/etc/containerd/certs.d/quay.io/hosts.toml']).toContain(
    '/etc/containerd/certs.d/m.example/ca.crt',
  );
});

test('what containerd cannot do is named', () => {
  const conf = '[[registry]]\nlocation = "quay.io/ns"\n[[registry.mirror]]\nlocation = "m.example/other"\n';
  const { unapplied } = effectiveFiles(
    config(file(confPath, conf), file('/etc/containers/policy.json', '{}')),
    'containerd',
  );
  expect(unapplied).toEqual([
    '/etc/containers/policy.json, which containerd does not read',
    expect.stringMatching(/^m\.example\/other for quay\.io\/ns is (dropped|widened): /),
  ]);
});

test('a registries.conf that does not load is refused before anything is made of it', () => {
  expect(() => effectiveFiles(config(file(confPath, '[[registry]]\nlocation = 7\n')), 'containerd')).toThrow(
    'MachineConfig rendered-worker-1 cannot be applied',
  );
});

test('authorities are read for each pull: no node reboots for one', () => {
  const { files } = policiesOf(undefined, 'crio');
  expect(files).toContainEqual({ path: '/etc/docker/certs.d', actions: [{ type: 'None' }] });
});

test('policies of the administrator count, and containerd has no CRI-O to reload', () => {
  const actions = [{ type: 'Restart', restart: { serviceName: 'crio.service' } }];
  const spec = { nodeDisruptionPolicy: { files: [{ path: '/etc/mine', actions }] } };
  const object = { metadata: { name: 'cluster' }, spec };
  expect(policiesOf(object, 'crio').files).toContainEqual({ path: '/etc/mine', actions });
  expect(policiesOf(object, 'containerd').files).toContainEqual({ path: '/etc/mine', actions: [{ type: 'None' }] });
  expect(reloadsFor([confPath, '/etc/containers/policy.json'], policiesOf(object, 'crio'))).toHaveLength(1);
  expect(reloadsFor([confPath], policiesOf(object, 'containerd'))).toEqual([]);
});
