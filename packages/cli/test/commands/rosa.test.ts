import { expect, test } from 'vitest';
import { folderWith, pullpath } from '../run-cli.ts';

function rosa(...args: string[]) {
  return pullpath(['rosa', ...args], { env: { OCM_CONFIG: `${folderWith({})}/ocm.json` } });
}

test.each([
  [['create', 'image-mirror'], 'Error: required flag(s) "cluster", "mirrors", "source" not set\n'],
  [['create', 'image-mirror', '--bogus'], 'Error: unknown flag: --bogus\n'],
  [['create', 'image-mirror', '--source'], 'Error: flag needs an argument: --source\n'],
  [['delete', 'image-mirror', '-c', 'x', 'a', 'b'], 'Error: accepts at most 1 arg(s), received 2\n'],
  [['list', 'image-mirrors', '-c', 'x', 'y'], 'Error: unknown command "y" for "rosa list image-mirrors"\n'],
  [['nope'], 'Error: unknown command "nope" for "rosa"\n'],
  [['list', 'image-mirrors', '-c', 'x', '-o', 'xml'], "ERR: unknown format 'xml'. Valid formats are [json yaml]\n"],
  [
    ['delete', 'image-mirror', '-c', 'x', '--id', '', 'y'],
    'ERR: Image mirror ID is required. Specify it as an argument or use the --id flag\n',
  ],
  [
    ['edit', 'cluster', '-c', 'x', '--registry-config-allowed-registries-for-import', 'a.io'],
    expect.stringContaining("'a.io' is not domain:insecure"),
  ],
  [
    ['login', '--env', 'nowhere', '--token', 'x'],
    "ERR: 'nowhere' is no environment that is known here: give the URL of the API\n",
  ],
  [['login'], 'ERR: Failed to login to OCM: give --token, or --client-id and --client-secret\n'],
])('%j is refused in the words of rosa', (args, stderr) => {
  expect(rosa(...args)).toEqual({ status: 1, stdout: '', stderr });
});

test('a server that is not there is told with what to do', () => {
  const { status, stderr } = rosa(
    'login',
    '--env',
    'http://127.0.0.1:1',
    '--token',
    'opaque',
    '--token-url',
    'http://127.0.0.1:1/t',
  );
  expect(status).toBe(1);
  expect(stderr).toBe(
    'ERR: Failed to create OCM connection: can\'t get access token: Post "http://127.0.0.1:1/t": can\'t send request: the connection was refused (check that the API runs, and the URL)\n',
  );
});

test('a configuration that is not JSON is named', () => {
  const folder = folderWith({ 'ocm.json': '{' });
  const { status, stderr } = pullpath(['rosa', 'list', 'image-mirrors', '-c', 'x'], {
    env: { OCM_CONFIG: `${folder}/ocm.json` },
  });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: `ERR: Failed to load config file: '${folder}/ocm.json' is not JSON; log in again, or mend it\n`,
  });
});

test('without words it says what there is', () => {
  expect(rosa()).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: rosa'), stderr: '' });
  expect(rosa('create', '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('image-mirror') });
});
