import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, pullpath } from './run-cli.ts';

/** Holds a port for as long as the tests run. */
const holder = createServer();
let busy: string;

beforeAll(async () => {
  holder.listen(0, '127.0.0.1');
  await once(holder, 'listening');
  busy = `127.0.0.1:${(holder.address() as AddressInfo).port}`;
});

afterAll(() => holder.close());

// Nothing listens on port 1.
const unreachable = JSON.stringify({
  clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'u', user: { token: 'hunter2' } }],
  contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
  'current-context': 'x',
});
const files = { gone: unreachable, broken: 'users:\n- {token: hunter2\n  x: [', text: 'hello', file: '' };

const operator = 'operator --kubeconfig gone';
const agent = 'agent --node n --root root --kubeconfig gone';
const cases: readonly (readonly [command: string, status: 2 | 3, says: string | RegExp])[] = [
  ...['operator', 'agent --node n --root root', 'status', 'rollout undo worker'].flatMap(
    (command) =>
      [
        [`${command} --kubeconfig nope`, 3, 'the kubeconfig nope cannot be read: ENOENT'],
        [`${command} --kubeconfig broken`, 3, 'the kubeconfig broken cannot be read: '],
        [`${command} --kubeconfig text`, 3, 'the kubeconfig has no current context'],
        [`${command} --kubeconfig gone --context y`, 3, 'the kubeconfig has no context "y"'],
      ] as const,
  ),
  ['status --kubeconfig gone', 3, '127.0.0.1:1 cannot be reached: the connection was refused'],
  ['status --watch --kubeconfig gone', 3, '127.0.0.1:1 cannot be reached: the connection was refused'],
  ['rollout undo worker --kubeconfig gone', 3, '127.0.0.1:1 cannot be reached: the connection was refused'],
  [`${agent} --uninstall`, 3, '127.0.0.1:1 cannot be reached: the connection was refused'],
  [`${operator} --controllers drain,x`, 2, '--controllers: there is no controller "x"; there are hosted-cluster'],
  [`${operator} --tag-mirror-min-version new`, 2, '--tag-mirror-min-version takes a release such as 4.21.0, not "new"'],
  [`${operator} --health-listen a:b`, 2, '--health-listen takes host:port or a port, not "a:b"'],
  [`${operator} --ocm-listen a:b`, 2, '--ocm-listen takes host:port or a port, not "a:b"'],
  [`${operator} --ignition-listen 0`, 2, '--ignition-listen needs --ignition-url, --ignition-cert and --ignition-key'],
  [`${operator} --ignition-ca nope`, 3, 'cannot read nope: no such file or directory'],
  [
    `${operator} --ignition-listen 0 --ignition-url https://a --ignition-cert file --ignition-key file`,
    3,
    'cannot answer over HTTPS: certificate and key are not both PEM',
  ],
  [`${operator} --health-listen BUSY`, 3, /cannot listen on 127\.0\.0\.1:\d+: .*address already in use/],
  [`${operator} --ocm-dir ocm --ocm-listen BUSY`, 3, /cannot listen on 127\.0\.0\.1:\d+: .*address already in use/],
  [`${operator} --ocm-dir file --ocm-listen 0`, 3, 'cannot use file/pki: '],
  [`${operator} --node-root file`, 3, 'cannot use file: '],
  [`${operator} more`, 2, "too many arguments for 'operator'"],
  [`${agent} --runtime docker`, 2, "option '--runtime <runtime>' argument 'docker' is invalid"],
  [`${agent} --check-interval 0`, 2, "option '--check-interval <seconds>' argument '0' is invalid"],
  [`${agent} --health-listen a:b`, 2, '--health-listen takes host:port or a port, not "a:b"'],
  [`${agent} --health-listen BUSY`, 3, /cannot listen on 127\.0\.0\.1:\d+: .*address already in use/],
  ['agent --node n --root file --kubeconfig gone', 3, 'cannot use file: '],
  ['serve --listen 127.0.0.1:99999', 2, '--listen takes host:port or a port, not "127.0.0.1:99999"'],
  ['serve --listen BUSY', 3, /cannot listen on 127\.0\.0\.1:\d+: .*address already in use/],
  ['serve --health-listen BUSY', 3, /cannot listen on 127\.0\.0\.1:\d+: .*address already in use/],
  ['serve --health-listen a:b', 2, '--health-listen takes host:port or a port, not "a:b"'],
  ['serve --ocm-listen a:b', 2, '--ocm-listen takes host:port or a port, not "a:b"'],
  ['serve --data-dir file', 3, /cannot open .*file\/state\.db: /],
  ['serve --node-root file', 3, 'cannot use file: '],
  ['serve --workers 9999', 2, "option '--workers <count>' argument '9999' is invalid"],
  ['ocm token create --ttl 5w', 2, "option '--ttl <time>' argument '5w' is invalid"],
  ['ocm token create --clusters ,', 2, "option '--clusters <ids>' argument ',' is invalid"],
  ['ocm token create --data-dir file', 3, 'file'],
  ['terraform setup', 2, "missing required argument 'dir'"],
  ['terraform setup file', 3, 'file'],
];

test.each(cases)('%s ends with %i and one line that says why', { timeout: 60_000 }, (line, status, says) => {
  const cwd = folderWith(files);
  const words = line.replace('BUSY', busy).split(' ');
  const ended = pullpath(words, { cwd, env: { HOME: cwd, KUBECONFIG: join(cwd, 'none') }, timeoutMs: 20_000 });
  const lines = ended.stderr.split('\n').filter((text) => text.startsWith('error'));
  expect(ended).toMatchObject({ status });
  expect(lines).toEqual([typeof says === 'string' ? expect.stringContaining(says) : expect.stringMatching(says)]);
  expect(ended.stderr).not.toMatch(/hunter2|a defect of pullpath|^ +at /m);
});
