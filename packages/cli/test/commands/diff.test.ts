import { expect, test } from 'vitest';
import { conflict, idms, itms } from '../manifests.ts';
import { folderWith, json, pullpath } from '../run-cli.ts';

test('no difference prints nothing and exits 0', () => {
  const cwd = folderWith({ 'a.yaml': idms });
  expect(pullpath(['diff', '--from', 'a.yaml', '--to', 'a.yaml'], { cwd })).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
});

test('a difference is told by meaning and by line, and exits 1', () => {
  const cwd = folderWith({ 'a.yaml': idms, 'b.yaml': idms.replace('m2.corp/ns', 'm4.corp/ns') });
  const { status, stdout } = pullpath(['diff', '--from', 'a.yaml', '--to', 'b.yaml', '--pool', 'worker'], { cwd });
  expect(status).toBe(1);
  expect(stdout).toContain('quay.io/ns');
  expect(stdout).toMatch(/^-.*m2\.corp\/ns/m);
  expect(stdout).toMatch(/^\+.*m4\.corp\/ns/m);
});

test('comments and the order of objects are no difference', () => {
  const other = itms.replace('quay.io/ns', 'quay.io/other');
  const cwd = folderWith({ 'a.yaml': `${idms}---\n${other}`, 'b.yaml': `# new\n${other}---\n${idms}` });
  expect(pullpath(['diff', '--from', 'a.yaml', '--to', 'b.yaml'], { cwd }).status).toBe(0);
});

test('as JSON each pool has its rules and files', () => {
  const cwd = folderWith({ 'a.yaml': idms, 'b.yaml': itms });
  expect(json(['diff', '--from', 'a.yaml', '--to', 'b.yaml', '--pool', 'worker', '-o', 'json'], { cwd })).toMatchObject(
    [
      {
        pool: 'worker',
        rules: expect.any(Array),
        files: [{ path: '/etc/containers/registries.conf', change: 'changed', diff: expect.any(String) }],
      },
    ],
  );
});

test('refused input exits 1 and prints no difference', () => {
  const cwd = folderWith({ 'a.yaml': idms, 'b.yaml': conflict });
  expect(pullpath(['diff', '--from', 'a.yaml', '--to', 'b.yaml'], { cwd })).toMatchObject({ status: 1, stdout: '' });
});

test('a fault that several pools have is told once', () => {
  const cwd = folderWith({ 'a.yaml': idms, 'b.yaml': conflict });
  const { stderr } = pullpath(['diff', '--from', 'a.yaml', '--to', 'b.yaml'], { cwd });
  expect(stderr.match(/^error\[/gm)).toHaveLength(1);
});
