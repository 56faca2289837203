import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { itms } from '../manifests.ts';
import { filesBelow, folderWith, pullpath } from '../run-cli.ts';

const files = {
  'ps.json': `{"auths":{"quay.io":{"auth":"${btoa('user:hunter2')}"}}}`,
  'itms.yaml': itms,
};
const create = ['hypershift', 'create', 'cluster', 'none', '--name', 'demo', '--pull-secret', 'ps.json'];
const release = ['--release-image', 'quay.io/ocp/release:4.21.0-x86_64'];

test('the objects of a new cluster are printed, the secret left out', () => {
  const cwd = folderWith(files);
  const { status, stdout } = pullpath([...create, ...release, '--render'], { cwd });
  expect(status).toBe(0);
  expect(stdout).toContain('kind: HostedCluster');
  expect(stdout).not.toContain(btoa('user:hunter2'));
});

test('rendering twice gives the same bytes', () => {
  const cwd = folderWith(files);
  const render = (): string => pullpath([...create, ...release, '--render'], { cwd }).stdout;
  expect(render()).toBe(render());
});

test('tag mirrors of a file stand in the HostedCluster', () => {
  const cwd = folderWith(files);
  const { status, stdout } = pullpath([...create, ...release, '--image-tag-mirror-set', 'itms.yaml', '--render'], {
    cwd,
  });
  expect(status).toBe(0);
  expect(stdout).toContain('m3.corp/ns');
});

test('with --render-into the objects are in a file of their own, and nothing is printed', () => {
  const cwd = folderWith(files);
  const { status, stdout } = pullpath([...create, ...release, '--render-into', 'out.yaml'], { cwd });
  expect({ status, stdout, mode: statSync(join(cwd, 'out.yaml')).mode & 0o777 }).toEqual({
    status: 0,
    stdout: '',
    mode: 0o600,
  });
  expect(readFileSync(join(cwd, 'out.yaml'), 'utf8')).toContain('kind: HostedCluster');
});

test('a file that is not there is told and nothing is rendered', () => {
  const cwd = folderWith({});
  const { status, stdout, stderr } = pullpath([...create, ...release, '--render-into', 'out.yaml'], { cwd });
  expect(status).not.toBe(0);
  expect({ stdout, files: filesBelow(cwd) }).toEqual({ stdout: '', files: {} });
  expect(stderr).toContain('ps.json');
});

test('without --render nothing is created, which is wrong usage', () => {
  const cwd = folderWith(files);
  expect(pullpath([...create, ...release], { cwd })).toMatchObject({ status: 2, stdout: '' });
});

test('a misspelt flag is named with the one that is meant', () => {
  const cwd = folderWith(files);
  const { status, stderr } = pullpath([...create, '--releaseimage', 'x', '--render'], { cwd });
  expect({ status, meant: stderr.includes('--release-image') }).toEqual({ status: 2, meant: true });
});
