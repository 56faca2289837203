import { valueAt } from '@pullpath/api';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { folderWith, pullpath } from '../run-cli.ts';

// The acceptance scenarios of hosted clusters that are about this command; the others are beside the controllers.

const create = ['hypershift', 'create', 'cluster', 'none', '--name', 'c', '--pull-secret', 'ps.json'];
const at = (version: string): string[] => ['--release-image', `quay.io/ocp/release:${version}-x86_64`];
const pullSecret = '{"auths":{"mirror.example.com/redhat":{"auth":"dTpw"}}}';
const rules =
  '- source: quay.io\n  mirrors: [mirror.example.com/redhat/quay]\n- source: ghcr.io\n  mirrors: [mirror.example.com/redhat/ghcr]\n';
const tagList = `- source: quay.io/openshift
  mirrors:
  - mirror.example.com/openshift
- source: registry.redhat.io/ubi8
  mirrors:
  - mirror.example.com/ubi8
`;
const manifest = (kind: string, name: string, field: string, list: string, group = 'config.openshift.io/v1'): string =>
  `apiVersion: ${group}\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  ${field}:\n${list.replaceAll(/^(?=.)/gm, '  ')}`;

function run(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  return pullpath([...create, ...args], { cwd: folderWith({ 'ps.json': pullSecret, ...files }) });
}

interface Printed {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}

function objectsOf(stdout: string): readonly Printed[] {
  return parseAllDocuments(stdout).flatMap((document) => (document.toJS() as Printed | null) ?? []);
}

function ofKind(stdout: string, kind: string): Printed | undefined {
  return objectsOf(stdout).find((object) => object.kind === kind);
}

test('scenario 46: the most specific key of a pull secret counts, and mirrors without one are warned about', () => {
  const sources = (mirror: string) => ({ 'l.yaml': `- source: quay.io\n  mirrors: [${mirror}]\n` });
  const args = [...at('4.21.0'), '--image-content-sources', 'l.yaml', '--render'];
  expect(run(args, sources('mirror.example.com/redhat/x')).stderr).not.toContain('mirror.example.com');
  expect(run(args, sources('mirror.example.com/other')).stderr).toContain('mirror.example.com/other');
});

test('scenario 48: image content sources keep their order, and secrets are printed on demand alone', () => {
  const args = [...at('4.21.0'), '--image-content-sources', 'l.yaml', '--node-pool-replicas', '2'];
  const plain = run([...args, '--render'], { 'l.yaml': rules });
  expect(plain.status).toBe(0);
  const sources = valueAt(ofKind(plain.stdout, 'HostedCluster'), ['spec', 'imageContentSources']);
  expect(sources).toMatchObject([{ source: 'quay.io' }, { source: 'ghcr.io' }]);
  expect(objectsOf(plain.stdout).some(({ kind }) => kind === 'Secret')).toBe(false);
  const sensitive = run([...args, '--render', '--render-sensitive'], { 'l.yaml': rules });
  expect(objectsOf(sensitive.stdout).map(({ kind }) => kind)).toEqual([
    'Namespace',
    'Secret',
    'Secret',
    'HostedCluster',
    'NodePool',
  ]);
});

test('scenario 49: a list of tag mirrors and a manifest give the same field, a list with a fault gives nothing', () => {
  const args = [...at('4.21.0'), '--image-tag-mirror-set', 't.yaml', '--render'];
  const fieldOf = (text: string): unknown =>
    valueAt(ofKind(run(args, { 't.yaml': text }).stdout, 'HostedCluster'), ['spec', 'imageTagMirrorSet']);
  const field = fieldOf(tagList);
  expect(field).toEqual([
    { source: 'quay.io/openshift', mirrors: ['mirror.example.com/openshift'] },
    { source: 'registry.redhat.io/ubi8', mirrors: ['mirror.example.com/ubi8'] },
  ]);
  expect(fieldOf(manifest('ImageTagMirrorSet', 'itms-0', 'imageTagMirrors', tagList))).toEqual(field);
  const faulty = run(args, { 't.yaml': `${tagList}- source: docker.io\n` });
  expect(faulty).toMatchObject({ status: 1, stdout: '' });
  expect(faulty.stderr).toContain('[2]');
});

test('scenario 50: manifests of any kind become a ConfigMap before the cluster that names it', () => {
  const files = {
    'idms.yaml': manifest('ImageDigestMirrorSet', 'idms-0', 'imageDigestMirrors', rules),
    'itms.yaml': manifest('ImageTagMirrorSet', 'itms-0', 'imageTagMirrors', tagList),
    'icsp.yaml': manifest(
      'ImageContentSourcePolicy',
      'old',
      'repositoryDigestMirrors',
      '- source: docker.io/library\n  mirrors: [mirror.example.com/redhat/library]\n',
      'operator.openshift.io/v1alpha1',
    ),
  };
  const flags = Object.keys(files).flatMap((file) => ['--image-mirror-config', file]);
  const args = [...at('4.21.0'), ...flags, '--render'];
  const { stdout } = run(args, files);
  const objects = objectsOf(stdout);
  const kinds = objects.map(({ kind }) => kind);
  expect(kinds.indexOf('ConfigMap')).toBeLessThan(kinds.indexOf('HostedCluster'));
  const configMap = ofKind(stdout, 'ConfigMap');
  expect(configMap?.metadata.name).toBe('c-image-mirrors');
  expect(Object.keys(configMap?.data ?? {})).toEqual(['idms.yaml', 'itms.yaml']);
  expect(configMap?.data?.['idms.yaml']).toContain('docker.io/library');
  expect(valueAt(ofKind(stdout, 'HostedCluster'), ['spec', 'imageMirrorConfigRef'])).toEqual({
    name: 'c-image-mirrors',
  });
  expect(run(args, files).stdout).toBe(stdout);
});

test('scenario 51: files that are missing, are no list or have unknown fields are told apart', () => {
  const args = [...at('4.21.0'), '--image-content-sources', 'l.yaml', '--render'];
  expect(run(args)).toMatchObject({ status: 3, stdout: '' });
  expect(run(args).stderr).toContain('failed to read image content sources file');
  const noList = run(args, { 'l.yaml': 'a: b\n' });
  expect(noList).toMatchObject({ status: 1, stdout: '' });
  expect(noList.stderr).toContain('unable to deserialize image content sources file');
  const unknown = run(args, { 'l.yaml': '- source: quay.io\n  mirror: [m.example.com]\n' });
  expect(unknown).toMatchObject({ status: 1, stdout: '' });
  expect(unknown.stderr).toMatch(/l\.yaml:2/);
});

test('scenario 52: tag mirrors need 4.21, and a release by digest is a warning', () => {
  const files = { 't.yaml': tagList };
  const old = run([...at('4.20.0'), '--image-tag-mirror-set', 't.yaml', '--render'], files);
  expect(old).toMatchObject({ status: 1, stdout: '' });
  expect(old.stderr).toContain('4.21');
  const digest = `quay.io/ocp/release@sha256:${'a'.repeat(64)}`;
  const unknown = run(['--release-image', digest, '--image-tag-mirror-set', 't.yaml', '--render'], files);
  expect(unknown.status).toBe(0);
  expect(unknown.stderr).toContain('warning');
});
