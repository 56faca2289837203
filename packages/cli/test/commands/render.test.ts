import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conflict, idms, itms } from '../manifests.ts';
import { filesBelow, folderWith, json, pullpath } from '../run-cli.ts';

const registriesConf = `unqualified-search-registries = ["registry.access.redhat.com", "docker.io"]
short-name-mode = ""
additional-layer-store-auth-helper = ""

[[registry]]
  prefix = ""
  location = "quay.io/ns"

  [[registry.mirror]]
    location = "m1.corp/ns"
    pull-from-mirror = "digest-only"

  [[registry.mirror]]
    location = "m2.corp/ns"
    pull-from-mirror = "digest-only"
`;

test('without --out the files that the rules give are printed, each under its path and mode', () => {
  const { status, stdout, stderr } = pullpath(['render', '-f', '-'], { input: idms });
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: `# /etc/containers/registries.conf (0644)\n${registriesConf}`,
    stderr: '',
  });
});

test('with --out the tree of the node is written and nothing else', () => {
  const cwd = folderWith({ 'in/idms.yaml': idms });
  expect(pullpath(['render', '-f', 'in', '--out', 'node'], { cwd }).status).toBe(0);
  const { 'etc/containers/registries.conf': conf, ...others } = filesBelow(join(cwd, 'node'));
  expect(conf).toBe(registriesConf);
  expect(Object.keys(others)).toEqual(['etc/containers/policy.json']);
});

test('with --out nothing goes to stdout', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  expect(pullpath(['render', '-f', '.', '--out', 'node'], { cwd }).stdout).toBe('');
});

test('written files have the mode of a node whatever the umask', () => {
  const cwd = folderWith({
    'idms.yaml': idms,
    'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: pull-secret, namespace: openshift-config}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${btoa('{"auths":{}}')}\n`,
  });
  pullpath(['render', '-f', '.', '--out', 'node'], { cwd });
  const mode = (path: string): number => statSync(join(cwd, 'node', path)).mode & 0o777;
  expect([mode('etc/containers/registries.conf'), mode('var/lib/kubelet/config.json')]).toEqual([0o644, 0o600]);
});

test('refused input writes nothing, prints nothing and exits 1', () => {
  const cwd = folderWith({ 'in/idms.yaml': conflict });
  const { status, stdout, stderr } = pullpath(['render', '-f', 'in', '--out', 'node'], { cwd });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^error\[conflicting-policies-for-source\]/);
  expect(Object.keys(filesBelow(cwd))).toEqual(['in/idms.yaml']);
});

test('warnings are told on stderr and leave exit code 0', () => {
  const input =
    'apiVersion: config.openshift.io/v1\nkind: Image\nmetadata: {name: cluster}\nspec:\n  registrySources: {blockedRegistries: [evil.io]}\n';
  const { status, stderr } = pullpath(['render', '-f', '-'], { input });
  expect({ status, warned: stderr.includes('warning[release-image-missing]') }).toEqual({ status: 0, warned: true });
});

test('a dialect changes the head of registries.conf', () => {
  const { stdout } = pullpath(['render', '-f', '-', '--dialect', '4.13'], { input: idms });
  expect(stdout).not.toContain('additional-layer-store-auth-helper');
});

test('as JSON every file has path, mode and contents', () => {
  expect(json(['render', '-f', '-', '-o', 'json'], { input: idms })).toEqual([
    { path: '/etc/containers/registries.conf', mode: '0644', contents: registriesConf },
  ]);
});

test('as Ignition the file is a data URL of a version 3 document', () => {
  const document = json(['render', '-f', '-', '--as', 'ignition'], { input: idms });
  expect(document).toMatchObject({
    ignition: { version: expect.stringMatching(/^3\./) },
    storage: {
      files: [{ path: '/etc/containers/registries.conf', contents: { source: expect.stringMatching(/^data:/) } }],
    },
  });
});

test('as MachineConfig the object is named after its pool', () => {
  const { stdout } = pullpath(['render', '-f', '-', '--pool', 'master', '--as', 'machineconfig'], { input: idms });
  expect(stdout).toContain('name: 99-master-generated-registries\n');
});

test.each([
  ['containerd', 'etc/containerd/certs.d/quay.io/hosts.toml'],
  ['k3s', 'etc/rancher/k3s/registries.yaml'],
  ['docker', 'etc/docker/daemon.json'],
  ['talos', 'talos/registries.yaml'],
])('the files of %s are written where it reads them', (runtime, path) => {
  const cwd = folderWith({ 'in/mirrors.yaml': idms.replaceAll('/ns', '') });
  const { status } = pullpath(['render', '-f', 'in', '--runtime', runtime, '--out', 'node'], { cwd });
  expect({ status, files: Object.keys(filesBelow(join(cwd, 'node'))) }).toEqual({
    status: 0,
    files: [path],
  });
});

test('what a runtime cannot keep of the rules is told', () => {
  const { stderr } = pullpath(['render', '-f', '-', '--runtime', 'docker'], { input: itms });
  expect(stderr).toContain('quay.io/ns');
});

test('an existing file is replaced, and what else lies there stays', () => {
  const cwd = folderWith({ 'in/idms.yaml': idms, 'node/etc/containers/registries.conf': 'old', 'node/own': 'mine' });
  pullpath(['render', '-f', 'in', '--out', 'node'], { cwd });
  expect(filesBelow(join(cwd, 'node'))).toMatchObject({
    'etc/containers/registries.conf': registriesConf,
    own: 'mine',
  });
});

test('a place that cannot be written exits 3 with a hint', () => {
  const cwd = folderWith({ 'in/idms.yaml': idms, node: 'a file' });
  const { status, stderr } = pullpath(['render', '-f', 'in', '--out', 'node'], { cwd });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^error\[file-unwritable\]: .*\n {2}= hint: /);
});

test('one NodePool of several must be named', () => {
  const pool = (name: string): string =>
    `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: ${name}, namespace: c}\nspec: {clusterName: hc, replicas: 1, release: {image: "quay.io/r:4.21.0"}, management: {upgradeType: Replace}, platform: {type: None}}\n`;
  const cluster =
    'apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata: {name: hc, namespace: c}\nspec: {release: {image: "quay.io/r:4.21.0"}, pullSecret: {name: p}, platform: {type: None}, services: []}\n';
  const input = [cluster, pool('a'), pool('b')].join('---\n');
  const { status, stderr } = pullpath(['render', '-f', '-', '--hosted-cluster', 'hc'], { input });
  expect({ status, named: stderr.includes('c/hc a, c/hc b') }).toEqual({ status: 2, named: true });
});

test('podman is not given the drop-ins of CRI-O', () => {
  const config = `apiVersion: machineconfiguration.openshift.io/v1
kind: ContainerRuntimeConfig
metadata: {name: limits}
spec:
  machineConfigPoolSelector: {matchLabels: {pools.operator.machineconfiguration.openshift.io/worker: ""}}
  containerRuntimeConfig: {pidsLimit: 100}
`;
  const cwd = folderWith({ 'idms.yaml': idms, 'config.yaml': config });
  const paths = (runtime: string) =>
    (json(['render', '-f', '.', '--runtime', runtime, '-o', 'json'], { cwd }) as { path: string }[]).map(
      ({ path }) => path,
    );
  expect(paths('crio')).toEqual(['/etc/containers/registries.conf', '/etc/crio/crio.conf.d/01-ctrcfg-pidsLimit']);
  expect(paths('podman')).toEqual(['/etc/containers/registries.conf']);
});
