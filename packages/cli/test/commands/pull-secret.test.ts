import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, pullpath } from '../run-cli.ts';

const secret = (host: string, password: string): string => `{"auths":{"${host}":{"auth":"${btoa(`u:${password}`)}"}}}`;

test('merging keeps every registry, the same way every time', () => {
  const cwd = folderWith({ 'a.json': secret('quay.io', 'one'), 'b.json': secret('m.corp', 'two') });
  const merge = (...files: string[]): string => pullpath(['pull-secret', 'merge', ...files], { cwd }).stdout;
  expect(Object.keys(JSON.parse(merge('a.json', 'b.json')).auths)).toEqual(['m.corp', 'quay.io']);
  expect(merge('b.json', 'a.json')).toBe(merge('a.json', 'b.json'));
});

test('the last of two entries wins, and the conflict is named without its secrets', () => {
  const cwd = folderWith({ 'a.json': secret('quay.io', 'first-secret'), 'b.json': secret('quay.io', 'second-secret') });
  const { stdout, stderr } = pullpath(['pull-secret', 'merge', 'a.json', 'b.json'], { cwd });
  expect(atob(JSON.parse(stdout).auths['quay.io'].auth)).toBe('u:second-secret');
  expect(stderr).toContain('quay.io');
  expect(stderr).not.toMatch(/secret"|dTpm|dTpz/);
});

test('the file is readable by its owner only', () => {
  const cwd = folderWith({ 'a.json': secret('quay.io', 'one') });
  const { status, stdout } = pullpath(['pull-secret', 'merge', 'a.json', '--out', 'out.json'], { cwd });
  expect({ status, stdout, mode: statSync(join(cwd, 'out.json')).mode & 0o777 }).toEqual({
    status: 0,
    stdout: '',
    mode: 0o600,
  });
});

test('a Secret manifest is a pull secret too', () => {
  const input = `apiVersion: v1\nkind: Secret\nmetadata: {name: p}\ndata: {.dockerconfigjson: ${btoa(secret('quay.io', 'one'))}}\n`;
  const { stdout } = pullpath(['pull-secret', 'merge', '-'], { input });
  expect(Object.keys(JSON.parse(stdout).auths)).toEqual(['quay.io']);
});

test('a broken file is refused, with its place and without what it holds', () => {
  const cwd = folderWith({ 'a.json': `{"auths":{"quay.io":{"auth":"${btoa('u:hunter2')}"}`, 'out.json': 'old' });
  const { status, stdout, stderr } = pullpath(['pull-secret', 'merge', 'a.json', '--out', 'out.json'], { cwd });
  expect({ status, stdout, kept: readFileSync(join(cwd, 'out.json'), 'utf8') }).toEqual({
    status: 1,
    stdout: '',
    kept: 'old',
  });
  expect(stderr).toContain('a.json:1:');
  expect(stderr).not.toContain(btoa('u:hunter2'));
});

test('a line of what is no pull secret is not shown', () => {
  const cwd = folderWith({ 'a.json': '{"auths":{"quay.io":"hunter2"}}' });
  const { status, stderr } = pullpath(['pull-secret', 'merge', 'a.json'], { cwd });
  expect({ status, place: stderr.includes('--> a.json:1:') }).toEqual({ status: 1, place: true });
  expect(stderr).not.toContain('hunter2');
});
