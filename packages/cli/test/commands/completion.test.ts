import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { folderWith, launcher, pullpath } from '../run-cli.ts';

/** What bash offers for the last of the words, with the script evaluated in it. */
function offered(words: readonly string[], cwd = '/'): string[] {
  const script = `source <("${launcher}" completion bash)
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
_pullpath
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-uc', script], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash completes commands', () => {
  expect(offered(['pullpath', 'p'])).toEqual(['plan', 'pull-secret']);
});

test('bash completes subcommands', () => {
  expect(offered(['pullpath', 'migrate', 'i'])).toEqual(['icsp']);
});

test('bash completes options of the command before', () => {
  expect(offered(['pullpath', 'render', '--d'])).toEqual(['--dialect']);
});

test('bash completes the choices of an option', () => {
  expect(offered(['pullpath', 'lint', '--format', 's'])).toEqual(['sarif']);
});

test('bash completes options of a subcommand', () => {
  expect(offered(['pullpath', 'migrate', 'icsp', '--dest'])).toEqual(['--dest-dir']);
});

test('bash completes files where nothing else fits', () => {
  const cwd = folderWith({ 'mirrors.yaml': '' });
  expect(offered(['pullpath', 'lint', 'mir'], cwd)).toEqual(['mirrors.yaml']);
});

test('bash registers the completion for pullpath', () => {
  const script = `source <("${launcher}" completion bash); complete -p pullpath`;
  expect(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout).toContain('-F _pullpath pullpath');
});

test.each(['zsh', 'fish'])('%s has a completion that knows every command', (shell) => {
  const { status, stdout } = pullpath(['completion', shell]);
  expect(status).toBe(0);
  for (const command of ['lint', 'render', 'explain', 'diff', 'plan', 'migrate']) expect(stdout).toContain(command);
});

test('a shell without a completion is wrong usage', () => {
  expect(pullpath(['completion', 'tcsh'])).toMatchObject({ status: 2, stdout: '' });
});
