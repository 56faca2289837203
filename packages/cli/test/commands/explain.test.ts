import { expect, test } from 'vitest';
import { conflict, digest, idms, itms } from '../manifests.ts';
import { folderWith, json, pullpath } from '../run-cli.ts';

const origin = (path: string, line: number, column: number) => ({
  object: 'ImageDigestMirrorSet/apps',
  path,
  file: 'idms.yaml',
  line,
  column,
});

test('one image gives one object with every attempt and the line that asks for it', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  expect(json(['explain', `quay.io/ns/app@${digest}`, '-f', 'idms.yaml', '-o', 'json'], { cwd })).toMatchObject({
    image: `quay.io/ns/app@${digest}`,
    normalized: `quay.io/ns/app@${digest}`,
    kind: 'digest',
    runtime: 'crio',
    matched: { scope: 'quay.io/ns', origins: [origin('spec.imageDigestMirrors[0]', 7, 5)] },
    attempts: [
      {
        reference: `m1.corp/ns/app@${digest}`,
        mirror: true,
        insecure: false,
        outcome: 'tried',
        origin: origin('spec.imageDigestMirrors[0].mirrors[0]', 9, 7),
        credentials: null,
      },
      { reference: `m2.corp/ns/app@${digest}`, mirror: true, insecure: false, outcome: 'tried' },
      { reference: `quay.io/ns/app@${digest}`, mirror: false, insecure: false, outcome: 'tried' },
    ],
    policy: { decision: 'accept', scope: 'default' },
    ok: true,
    verdict: expect.any(String),
  });
});

test('several images give an array', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  const images = json(['explain', 'quay.io/ns/a:v1', 'docker.io/b', '-f', '.', '-o', 'json'], { cwd });
  expect(images).toMatchObject([{ image: 'quay.io/ns/a:v1' }, { image: 'docker.io/b', matched: null }]);
});

test('a digest mirror is skipped by a tag pull, with the reason', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  expect(json(['explain', 'quay.io/ns/app:v1', '-f', '.', '-o', 'json'], { cwd })).toMatchObject({
    kind: 'tag',
    attempts: [
      { outcome: 'skipped', reason: expect.stringContaining('digest-only') },
      { outcome: 'skipped' },
      { outcome: 'tried', mirror: false },
    ],
  });
});

test('a tag beside a digest does not count', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  expect(json(['explain', `quay.io/ns/app:v1@${digest}`, '-f', '.', '-o', 'json'], { cwd })).toMatchObject({
    normalized: `quay.io/ns/app@${digest}`,
    kind: 'digest',
  });
});

test('a source that is never contacted is blocked after its mirrors', () => {
  const cwd = folderWith({ 'itms.yaml': itms });
  expect(json(['explain', 'quay.io/ns/app:v1', '-f', '.', '-o', 'json'], { cwd })).toMatchObject({
    attempts: [
      { reference: 'm3.corp/ns/app:v1', outcome: 'tried' },
      { reference: 'quay.io/ns/app:v1', mirror: false, outcome: 'blocked', reason: expect.any(String) },
    ],
    ok: true,
  });
});

test('a pull with no way left is not ok and exits 1', () => {
  const cwd = folderWith({ 'itms.yaml': itms });
  const { status, stdout } = pullpath(['explain', `quay.io/ns/app@${digest}`, '-f', '.', '-o', 'json'], { cwd });
  expect({ status, ok: JSON.parse(stdout).ok }).toEqual({ status: 1, ok: false });
});

test('one failing pull among several decides the exit code', () => {
  const cwd = folderWith({ 'itms.yaml': itms });
  expect(pullpath(['explain', 'docker.io/b', `quay.io/ns/app@${digest}`, '-f', '.'], { cwd }).status).toBe(1);
});

test('refused manifests still give the JSON, with the error in it', () => {
  const cwd = folderWith({ 'idms.yaml': conflict });
  const { status, stdout, stderr } = pullpath(['explain', 'quay.io/ns/a:v1', '-f', '.', '-o', 'json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    image: 'quay.io/ns/a:v1',
    attempts: [],
    ok: false,
    error: { code: 'conflicting-policies-for-source', message: expect.any(String) },
  });
  expect({ status, told: stderr.includes('idms.yaml:12:') }).toEqual({ status: 1, told: true });
});

test('a text that is no reference still gives the JSON', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  const { status, stdout } = pullpath(['explain', 'quay.io/NS', '-f', '.', '-o', 'json'], { cwd });
  expect({ status, explanation: JSON.parse(stdout) }).toMatchObject({
    status: 1,
    explanation: { image: 'quay.io/NS', attempts: [], ok: false, error: { message: expect.any(String) } },
  });
});

test('a node is explained by its own files, and the lines in them', () => {
  const cwd = folderWith({
    'etc/containers/registries.conf': '[[registry]]\nlocation = "quay.io"\n[[registry.mirror]]\nlocation = "m.corp"\n',
    'etc/containers/policy.json':
      '{"default":[{"type":"reject"}],"transports":{"docker":{"quay.io":[{"type":"insecureAcceptAnything"}]}}}',
  });
  expect(json(['explain', 'quay.io/a:v1', '--node-root', '.', '-o', 'json'], { cwd })).toMatchObject({
    matched: { scope: 'quay.io', origins: [{ file: '/etc/containers/registries.conf', line: 1 }] },
    attempts: [{ reference: 'm.corp/a:v1' }, { reference: 'quay.io/a:v1' }],
    policy: { decision: 'accept', scope: 'quay.io' },
    ok: true,
  });
});

test('an image that policy.json rejects is not ok', () => {
  const cwd = folderWith({ 'etc/containers/policy.json': '{"default":[{"type":"reject"}]}' });
  const { status, stdout } = pullpath(['explain', 'quay.io/a', '--node-root', '.', '-o', 'json'], { cwd });
  expect({ status, explanation: JSON.parse(stdout) }).toMatchObject({
    status: 1,
    explanation: { policy: { decision: 'reject' }, ok: false },
  });
});

test('a registries.conf that does not load still gives the JSON', () => {
  const cwd = folderWith({ 'etc/containers/registries.conf': '[[registry]]\nprefix = "*.a.io"\nlocation = 1\n' });
  const { status, stdout } = pullpath(['explain', 'quay.io/a', '--node-root', '.', '-o', 'json'], { cwd });
  expect({ status, explanation: JSON.parse(stdout) }).toMatchObject({
    status: 1,
    explanation: { attempts: [], ok: false, error: { code: expect.any(String) } },
  });
});

test('a mirror that makes no valid reference still gives the JSON', () => {
  const conf = '[[registry]]\nlocation = "quay.io"\n[[registry.mirror]]\nlocation = "m.corp/UPPER"\n';
  const cwd = folderWith({ 'etc/containers/registries.conf': conf });
  const { status, stdout } = pullpath(['explain', 'quay.io/a', '--node-root', '.', '-o', 'json'], { cwd });
  expect({ status, explanation: JSON.parse(stdout) }).toMatchObject({
    status: 1,
    explanation: { attempts: [], ok: false, error: { code: 'rewrite-invalid-reference' } },
  });
});

test('credentials are named by their key and never shown', () => {
  const cwd = folderWith({
    'var/lib/kubelet/config.json': `{"auths":{"quay.io/ns":{"auth":"${btoa('user:hunter2-secret')}"}}}`,
  });
  const { stdout } = pullpath(['explain', 'quay.io/ns/a', '--node-root', '.', '-o', 'json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ attempts: [{ credentials: 'quay.io/ns' }] });
  expect(stdout).not.toMatch(/hunter2|dXNlcjpo/);
});

test.each(['containerd', 'k3s'])('another runtime is explained by the files it would get: %s', (runtime) => {
  const cwd = folderWith({ 'idms.yaml': idms });
  const args = ['explain', `quay.io/ns/app@${digest}`, '-f', '.', '--runtime', runtime, '-o', 'json'];
  expect(json(args, { cwd })).toMatchObject({
    runtime,
    attempts: [{ mirror: true }, { mirror: true }, { mirror: false }],
  });
});

test('manifests come from standard input too', () => {
  const { stdout } = pullpath(['explain', `quay.io/ns/app@${digest}`, '-f', '-'], { input: idms });
  expect(stdout).toContain('m1.corp/ns/app');
});

test('after -f the image may come last', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  expect(pullpath(['explain', '-f', 'idms.yaml', 'quay.io/ns/app:v1'], { cwd })).toMatchObject({
    status: 0,
    stderr: '',
  });
});

test.each([
  ['no image', ['explain', '-f', 'idms.yaml'], 'name at least one image'],
  ['nothing to explain by', ['explain', 'quay.io/a'], '--node-root'],
  ['both', ['explain', 'quay.io/a', '-f', 'idms.yaml', '--node-root', '.'], 'cannot be used with'],
  ['an unknown runtime', ['explain', 'quay.io/a', '-f', 'idms.yaml', '--runtime', 'rkt'], 'Allowed choices'],
])('wrong usage exits 2 and says why: %s', (_, args, message) => {
  const cwd = folderWith({ 'idms.yaml': idms });
  const { status, stdout, stderr } = pullpath(args, { cwd, env: { KUBECONFIG: '', HOME: cwd } });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});
