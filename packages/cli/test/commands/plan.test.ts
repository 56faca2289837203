import { expect, test } from 'vitest';
import { conflict, digest, idms, itms } from '../manifests.ts';
import { folderWith, json, pullpath } from '../run-cli.ts';

const images = `quay.io/ns/app:v1 # a tag\nquay.io/ns/app@${digest}\n\n# and one that no rule is about\ndocker.io/library/nginx:1\n`;

test('a plan has rules, files, pools and pulls', () => {
  const cwd = folderWith({
    'now/idms.yaml': idms,
    'then/idms.yaml': idms,
    'then/itms.yaml': itms.replace('    mirrorSourcePolicy: NeverContactSource\n', ''),
    'images.txt': images,
  });
  const args = ['plan', '--from', 'now', '--to', 'then', '--pool', 'worker', '--images', 'images.txt', '-o', 'json'];
  const plan = json(args, { cwd });
  expect(plan).toMatchObject({
    rules: expect.arrayContaining([expect.objectContaining({ change: 'added' })]),
    files: [{ path: '/etc/containers/registries.conf', change: 'changed' }],
    pools: [{ name: 'worker', actions: expect.any(Array), drain: true, reboot: false, because: expect.any(Array) }],
    pulls: {
      same: expect.any(Number),
      moved: expect.any(Number),
      failing: expect.any(Number),
      details: expect.any(Array),
    },
  });
});

test('same, moved and failing add up to the images that were given', () => {
  const never = idms.replace('    mirrors:\n', '    mirrorSourcePolicy: NeverContactSource\n    mirrors:\n');
  const cwd = folderWith({ 'now.yaml': idms, 'then.yaml': never, 'images.txt': images });
  const args = [
    'plan',
    '--from',
    'now.yaml',
    '--to',
    'then.yaml',
    '--pool',
    'worker',
    '--images',
    'images.txt',
    '-o',
    'json',
  ];
  expect(json(args, { cwd })).toMatchObject({ pulls: { same: 1, moved: 1, failing: 1 } });
});

test('a PodList counts every container', () => {
  const pods = `{"apiVersion":"v1","kind":"PodList","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"initContainers":[{"image":"quay.io/ns/a:1"}],"containers":[{"image":"quay.io/ns/a:1"},{"image":"docker.io/b"}]}}]}`;
  const cwd = folderWith({ 'idms.yaml': idms, 'pods.json': pods });
  const args = ['plan', '--from', 'idms.yaml', '--to', 'idms.yaml', '--images', 'pods.json', '-o', 'json'];
  expect(json(args, { cwd })).toMatchObject({ pulls: { same: 3, moved: 0, failing: 0 } });
});

test('a plan exits 0 also when something changes', () => {
  const cwd = folderWith({ 'now.yaml': idms, 'then.yaml': itms });
  expect(pullpath(['plan', '--from', 'now.yaml', '--to', 'then.yaml'], { cwd }).status).toBe(0);
});

test('with --detailed-exitcode a change exits 1 and none exits 0', () => {
  const cwd = folderWith({ 'now.yaml': idms, 'then.yaml': itms });
  const plan = (to: string) =>
    pullpath(['plan', '--from', 'now.yaml', '--to', to, '--detailed-exitcode'], { cwd }).status;
  expect([plan('then.yaml'), plan('now.yaml')]).toEqual([1, 0]);
});

test('refused input on either side plans nothing and exits 1', () => {
  const cwd = folderWith({ 'now.yaml': idms, 'then.yaml': conflict });
  const { status, stdout, stderr } = pullpath(['plan', '--from', 'now.yaml', '--to', 'then.yaml'], { cwd });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('then.yaml:12:');
});

test('without --from there must be an API server', () => {
  const cwd = folderWith({ 'then.yaml': '' });
  const { status, stderr } = pullpath(['plan', '--to', 'then.yaml'], { cwd, env: { KUBECONFIG: '', HOME: cwd } });
  expect({ status, named: stderr.includes('--from') }).toEqual({ status: 2, named: true });
});
