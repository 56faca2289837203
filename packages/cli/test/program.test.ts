import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildProgram } from '../src/program.ts';
import { versionText } from '../src/version-text.ts';
import { idms } from './manifests.ts';
import { folderWith, launcher, pullpath } from './run-cli.ts';

const commands =
  'completion crds diff explain hypershift install-config lint migrate plan pull-secret render schema version';

test('the commands of the engine are there', () => {
  const names = buildProgram().commands.map((command) => command.name());
  expect(names).toEqual(expect.arrayContaining(commands.split(' ')));
});

test('the help of every command starts with two examples and exits 0', () => {
  for (const command of ['lint', 'render', 'explain', 'diff', 'plan']) {
    const { status, stdout } = pullpath([command, '--help']);
    expect({ status, examples: stdout.split('\n').slice(0, 3) }).toEqual({
      status: 0,
      examples: ['Examples:', expect.stringMatching(/^ {2}pullpath /), expect.stringMatching(/^ {2}pullpath /)],
    });
  }
});

test.each([
  [['explian'], 'Did you mean explain?'],
  [['lint', '--fixx', 'a'], 'Did you mean --fix?'],
  [['render', '-f', 'a', '--dilect', '4.13'], 'Did you mean --dialect?'],
  [['lint', 'a', '--format', 'xml'], 'Allowed choices are pretty, json, sarif, junit, github'],
  [['render', '-f', 'a', '--pool', 'worker', '--node-pool', 'a'], 'cannot be used with'],
  [['schema', 'Pod'], 'no kind is called "Pod"'],
  [[], 'Usage: pullpath'],
])('wrong usage exits 2, says so on stderr and prints nothing: %j', (args, message) => {
  const { status, stdout, stderr } = pullpath(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('a path that is not there exits 3 with what to do', () => {
  const cwd = folderWith({});
  expect(pullpath(['lint', 'missing.yaml'], { cwd })).toEqual({
    status: 3,
    stdout: '',
    stderr:
      'error[file-unreadable]: cannot read missing.yaml: no such file or directory\n  = hint: name a file, a directory, or - for standard input\n',
  });
});

test('a link in a directory that leads nowhere exits 3 and names it', () => {
  const cwd = folderWith({ 'a.yaml': idms });
  symlinkSync('missing', join(cwd, 'b.yaml'));
  const { status, stderr } = pullpath(['lint', '.'], { cwd });
  expect({ status, named: stderr.includes('b.yaml') }).toEqual({ status: 3, named: true });
});

test('a node root that is not there exits 3', () => {
  expect(pullpath(['explain', 'a', '--node-root', '/nonexistent']).stderr).toMatch(/^error\[node-root-missing\]/);
});

test('a reader that closes the pipe early is no failure', () => {
  const cwd = folderWith({ 'idms.yaml': idms });
  const script = `"${launcher}" crds | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
});

test('output into a pipe has no colour', () => {
  const cwd = folderWith({ 'bad.yaml': 'a: [\n' });
  const { stdout, stderr } = pullpath(['lint', '.'], { cwd, env: { FORCE_COLOR: '1' } });
  expect(stdout + stderr).not.toContain('\u001b');
});

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  expect(versionText).toBe(version);
  expect(pullpath(['version']).stdout).toContain(`pullpath ${version}\n`);
});

test('a link to the launcher starts the same program', () => {
  const cwd = folderWith({});
  const script = `ln -s "${launcher}" link && ./link version`;
  expect(spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' }).stdout).toContain(`pullpath ${versionText}\n`);
});
