import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, folderWith, json, pullpath } from '../run-cli.ts';

const icsp = (name: string, source = 'quay.io/ns'): string =>
  `apiVersion: operator.openshift.io/v1alpha1\nkind: ImageContentSourcePolicy\nmetadata:\n  name: ${name}\n  uid: 1-2-3\nspec:\n  repositoryDigestMirrors:\n  - source: ${source}\n    mirrors: [m1.corp/ns]\n`;

test('an ICSP on stdin becomes an IDMS on stdout, without what the server wrote', () => {
  const { status, stdout } = pullpath(['migrate', 'icsp', '-', '-o', 'json'], { input: icsp('old') });
  expect({ status, objects: JSON.parse(stdout) }).toEqual({
    status: 0,
    objects: [
      {
        apiVersion: 'config.openshift.io/v1',
        kind: 'ImageDigestMirrorSet',
        metadata: { name: 'old' },
        spec: { imageDigestMirrors: [{ source: 'quay.io/ns', mirrors: ['m1.corp/ns'] }] },
      },
    ],
  });
});

test('the proof that node files stay the same is told on stderr', () => {
  expect(pullpath(['migrate', 'icsp', '-'], { input: icsp('old') }).stderr).toContain('equal before and after');
});

test('what is migrated renders the same files', () => {
  const input = icsp('old');
  const { stdout } = pullpath(['migrate', 'icsp', '-'], { input });
  const render = (text: string): string => pullpath(['render', '-f', '-'], { input: text }).stdout;
  expect(render(stdout)).toBe(render(input));
});

test('with --dest-dir one file per input is written there and nowhere else', () => {
  const cwd = folderWith({ 'old/a.yaml': icsp('a'), 'old/b.yaml': icsp('b', 'quay.io/other') });
  const { status, stdout } = pullpath(['migrate', 'icsp', 'old', '--dest-dir', 'new'], { cwd });
  const written = filesBelow(join(cwd, 'new'));
  expect({ status, files: Object.keys(written).length }).toEqual({ status: 0, files: 2 });
  expect(stdout.trimEnd().split('\n')).toEqual(
    Object.keys(written).map((name) => expect.stringContaining(`new/${name}`)),
  );
  for (const text of Object.values(written)) expect(text).toContain('kind: ImageDigestMirrorSet\n');
});

test('a destination that is a file exits 3', () => {
  const cwd = folderWith({ 'a.yaml': icsp('a'), file: '' });
  const { status, stderr } = pullpath(['migrate', 'icsp', 'a.yaml', '--dest-dir', 'file'], { cwd });
  expect({ status, told: stderr.startsWith('error[dest-dir-is-a-file]') }).toEqual({ status: 3, told: true });
});

test('imageContentSources of an install-config become imageDigestSources, comments kept', () => {
  const input =
    'apiVersion: v1\n# the lab\nbaseDomain: example.com\nmetadata: {name: lab}\nimageContentSources:\n- source: quay.io/ns # apps\n  mirrors: [m1.corp/ns]\n';
  const { status, stdout } = pullpath(['migrate', 'content-sources', '-'], { input });
  expect({ status, stdout }).toEqual({ status: 0, stdout: input.replace('imageContentSources', 'imageDigestSources') });
});

test('imageContentSources of a HostedCluster become a ConfigMap with an IDMS', () => {
  const input =
    'apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata: {name: hc, namespace: c}\nspec:\n  release: {image: "quay.io/r:4.21.0"}\n  pullSecret: {name: p}\n  platform: {type: None}\n  services: []\n  imageContentSources:\n  - source: quay.io/ns\n    mirrors: [m1.corp/ns]\n';
  const { status, stdout } = pullpath(['migrate', 'content-sources', '-'], { input });
  expect(status).toBe(0);
  expect(stdout).toMatch(/idms\.yaml: \|[\s\S]*source: quay\.io\/ns\nkind: ConfigMap\n/);
  expect(stdout).toMatch(/imageMirrorConfigRef:\n {8}name: /);
});

test('what is migrated in several files is told as JSON objects', () => {
  const cwd = folderWith({ 'a.yaml': icsp('a'), 'b.yaml': icsp('b', 'quay.io/other') });
  expect(json(['migrate', 'icsp', 'a.yaml', 'b.yaml', '-o', 'json'], { cwd })).toMatchObject([
    { metadata: { name: 'a' } },
    { metadata: { name: 'b' } },
  ]);
});

test('a migrated install-config is told as JSON, too', () => {
  const input = `apiVersion: v1\nbaseDomain: example.com\nmetadata: {name: lab}\nimageContentSources:\n- source: quay.io/ns\n  mirrors: [m1.corp/ns]\n`;
  expect(json(['migrate', 'content-sources', '-', '-o', 'json'], { input })).toMatchObject([
    { imageDigestSources: [{ source: 'quay.io/ns', mirrors: ['m1.corp/ns'] }] },
  ]);
});

test('a directory that cannot be made is told', () => {
  const cwd = folderWith({ 'a.yaml': icsp('a') });
  const { status, stderr } = pullpath(['migrate', 'icsp', 'a.yaml', '--dest-dir', 'a.yaml/new'], { cwd });
  expect({ status, told: stderr.startsWith('error[file-unwritable]: cannot create a.yaml/new') }).toEqual({
    status: 3,
    told: true,
  });
});
