import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conflict, idms } from '../manifests.ts';
import { folderWith, json, pullpath } from '../run-cli.ts';

const icsp = `# mirrors of 2022
apiVersion: operator.openshift.io/v1alpha1
kind: ImageContentSourcePolicy
metadata:
  name: old # keep the name
spec:
  repositoryDigestMirrors:
  - source: quay.io/ns   # apps
    mirrors: [m1.corp/ns]
`;

test('nothing to report is an empty array and exit code 0', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  const { status, stdout, stderr } = pullpath(['lint', 'idms.yaml', '--format', 'json'], { cwd });
  expect({ status, found: JSON.parse(stdout), stderr }).toEqual({ status: 0, found: [], stderr: '' });
});

test('every diagnostic has code, severity, message and its place, counted from 1', () => {
  const cwd = folderWith({ 'a.yaml': idms.replace('source: quay.io/ns', 'source: https://quay.io') });
  const found = json(['lint', 'a.yaml', '--format', 'json'], { cwd }) as object[];
  expect(found.length).toBeGreaterThan(0);
  for (const diagnostic of found) {
    expect(diagnostic).toMatchObject({
      code: expect.stringMatching(/^[a-z0-9-]+$/),
      severity: expect.stringMatching(/^(error|warning|info)$/),
      message: expect.any(String),
      file: 'a.yaml',
      line: expect.any(Number),
      column: expect.any(Number),
    });
  }
  expect(found).toContainEqual(expect.objectContaining({ severity: 'error', line: 7, column: 13 }));
});

test('an error exits 1, a warning too', () => {
  const cwd = folderWith({ 'a.yaml': conflict, 'b.yaml': icsp });
  expect([pullpath(['lint', 'a.yaml'], { cwd }).status, pullpath(['lint', 'b.yaml'], { cwd }).status]).toEqual([1, 1]);
});

test('a fault between objects names both places', () => {
  const rule = (policy: string): string =>
    idms.replace('    mirrors:\n', `    mirrorSourcePolicy: ${policy}\n    mirrors:\n`);
  const cwd = folderWith({
    'a.yaml': rule('NeverContactSource'),
    'b.yaml': rule('AllowContactingSource').replace('name: apps', 'name: others'),
  });
  const found = json(['lint', '.', '--format', 'json'], { cwd }) as { code: string; file: string }[];
  const text = JSON.stringify(found.filter(({ code }) => code === 'conflicting-policies-for-source'));
  expect([text.includes('a.yaml'), text.includes('b.yaml')]).toEqual([true, true]);
});

test('an empty file is a warning', () => {
  const cwd = folderWith({ 'empty.yaml': '' });
  expect(json(['lint', '.', '--format', 'json'], { cwd })).toMatchObject([
    { code: 'file-empty', severity: 'warning', file: 'empty.yaml', line: 1, column: 1 },
  ]);
});

test('the field imageMirrorConfig is an error that names the right one', () => {
  const input =
    'apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata: {name: a, namespace: c}\nspec:\n  release: {image: "quay.io/r:4.21.0"}\n  pullSecret: {name: p}\n  platform: {type: None}\n  services: []\n  imageMirrorConfig: {name: m}\n';
  const found = json(['lint', '-', '--format', 'json'], { input }) as { severity: string; line: number }[];
  const atField = found.filter(({ severity, line }) => severity === 'error' && line === 9);
  expect(JSON.stringify(atField)).toContain('imageMirrorConfigRef');
});

test('kinds of others are never reported', () => {
  const input = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {anything: goes}\n';
  expect(pullpath(['lint', '-'], { input }).status).toBe(0);
});

test('a near miss of one of our kinds is a warning that names it', () => {
  const input = idms.replace('kind: ImageDigestMirrorSet', 'kind: ImageDigestMirorSet');
  const [found] = json(['lint', '-', '--format', 'json'], { input }) as { severity: string; message: string }[];
  expect(found).toMatchObject({ severity: 'warning', message: expect.stringContaining('ImageDigestMirrorSet') });
});

test('files of a directory are found by ending, hidden ones left out, in the order of their paths', () => {
  const broken = 'a: [\n';
  const cwd = folderWith({ 'b.yml': broken, 'a/c.json': broken, '.git/x.yaml': broken, 'notes.txt': broken });
  const found = json(['lint', '.', '--format', 'json'], { cwd }) as { file: string }[];
  expect([...new Set(found.map(({ file }) => file))]).toEqual(['a/c.json', 'b.yml']);
});

test('--fix repairs the file, keeps its comments and its mode, and leaves nothing to report', () => {
  const cwd = folderWith({ 'icsp.yaml': icsp });
  const file = join(cwd, 'icsp.yaml');
  chmodSync(file, 0o640);
  const { status, stderr } = pullpath(['lint', '--fix', 'icsp.yaml'], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'fixed icsp.yaml\n' });
  expect(readFileSync(file, 'utf8')).toBe(
    icsp
      .replace('operator.openshift.io/v1alpha1', 'config.openshift.io/v1')
      .replace('ImageContentSourcePolicy', 'ImageDigestMirrorSet')
      .replace('repositoryDigestMirrors', 'imageDigestMirrors'),
  );
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test('--fix a second time changes nothing', () => {
  const cwd = folderWith({ 'icsp.yaml': icsp });
  pullpath(['lint', '--fix', '.'], { cwd });
  const fixed = readFileSync(join(cwd, 'icsp.yaml'), 'utf8');
  expect(pullpath(['lint', '--fix', '.'], { cwd }).stderr).toBe('');
  expect(readFileSync(join(cwd, 'icsp.yaml'), 'utf8')).toBe(fixed);
});

test('--fix leaves a file that has nothing to repair untouched', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  const before = statSync(join(cwd, 'idms.yaml'), { bigint: true });
  pullpath(['lint', '--fix', '.'], { cwd });
  const after = statSync(join(cwd, 'idms.yaml'), { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
});

test('--fix cannot repair standard input', () => {
  expect(pullpath(['lint', '--fix', '-'], { input: icsp })).toMatchObject({ status: 2, stdout: '' });
});

test.each([
  ['sarif', /"version": ?"2\.1\.0"/],
  ['junit', /^<\?xml/],
  ['github', /^::error file=a\.yaml,line=\d+,endLine=\d+,col=\d+/m],
])('problems are written as %s too', (format, pattern) => {
  const cwd = folderWith({ 'a.yaml': conflict });
  expect(pullpath(['lint', 'a.yaml', '--format', format], { cwd }).stdout).toMatch(pattern);
});

test('binary junk is a diagnostic, not a failure', () => {
  const cwd = folderWith({});
  writeFileSync(join(cwd, 'a.yaml'), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]));
  const { status, stdout } = pullpath(['lint', '.', '--format', 'json'], { cwd });
  expect({ status, found: JSON.parse(stdout) }).toMatchObject({ status: 1, found: [{ code: 'file-binary' }] });
});

test('a file that cannot be replaced is not called fixed', () => {
  // Its replacement would need a longer name than file systems have.
  const name = `${'a'.repeat(246)}.yaml`;
  const cwd = folderWith({ [name]: idms.replace('ImageDigestMirrorSet', 'ImageDigestMirrorset') });
  const { status, stderr } = pullpath(['lint', '--fix', name], { cwd });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^error\[file-unwritable\]/);
});

test('the release image may be named, and what blocks its payload is then found', () => {
  const image = `apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec:
  registrySources: {blockedRegistries: [quay.io/ns]}
`;
  const cwd = folderWith({ 'idms.yaml': idms, 'image.yaml': image });
  const found = (...more: string[]) =>
    (json(['lint', '.', '--format', 'json', ...more], { cwd }) as { code: string }[]).map(({ code }) => code);
  expect(found()).toContain('release-image-missing');
  const named = found('--release-image', 'quay.io/ns:4.21.0');
  expect(named).not.toContain('release-image-missing');
  expect(found('--release-image', `quay.io/ns@sha256:${'a'.repeat(64)}`)).toContain('payload-block-rejects-everything');
});
