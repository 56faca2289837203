import { expect, test } from 'vitest';
import { idms } from '../manifests.ts';
import { folderWith, json, pullpath } from '../run-cli.ts';

test('an object whose group was left behind by a conversion is refused, not passed over', () => {
  const cwd = folderWith({ 'idms.yaml': idms.replace('config.openshift.io/v1', 'operator.openshift.io/v1alpha1') });
  const { status, stdout, stderr } = pullpath(['render', '-f', '.'], { cwd });
  expect({ status, stdout, told: stderr.split('\n')[1]?.trim() }).toEqual({
    status: 1,
    stdout: '',
    told: '--> idms.yaml:1:13',
  });
  expect(stderr).toMatch(/^error\[sed-converted-icsp\]/);
});

test('a misspelt kind is told, and the rest is rendered', () => {
  const cwd = folderWith({ 'idms.yaml': idms.replace('ImageDigestMirrorSet', 'ImageDigestMirrorset') });
  const { status, stderr } = pullpath(['render', '-f', '.'], { cwd });
  expect(status).toBe(0);
  expect(stderr).toMatch(/^warning\[kind-near-miss\]/);
});

test('a kind of another program is not told', () => {
  const cwd = folderWith({ 'other.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n' });
  expect(pullpath(['render', '-f', '.'], { cwd })).toMatchObject({ status: 0, stderr: '' });
});

test('a directory without manifests is told', () => {
  const cwd = folderWith({ 'mirrors/notes.txt': idms });
  expect(json(['lint', 'mirrors', '--format', 'json'], { cwd })).toMatchObject([
    { code: 'manifests-missing', severity: 'warning', file: 'mirrors', line: 1, column: 1 },
  ]);
  expect(pullpath(['lint', 'mirrors'], { cwd }).status).toBe(1);
  const { status, stderr } = pullpath(['render', '-f', 'mirrors'], { cwd });
  expect(status).toBe(0);
  expect(stderr).toMatch(/^warning\[manifests-missing\]: mirrors holds no manifest/);
});
