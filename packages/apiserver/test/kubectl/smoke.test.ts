import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { kinds } from '@pullpath/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenServer, openServer } from '../../src/index.ts';
import { widgetDefinition } from '../support/api.ts';

/** Debian has it in `kubernetes-client`. */
const kubectl = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'kubectl'))
  .find((path) => existsSync(path));

let server: OpenServer;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pullpath-kubectl-'));
  const custom = kinds.filter(({ group }) => group === 'config.openshift.io');
  server = await openServer({
    dataDir: directory,
    host: '127.0.0.1',
    port: 0,
    kinds: custom,
    report: (error) => console.error(error),
  });
});

afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: string, input = ''): Promise<Ran> {
  const env = { ...process.env, KUBECONFIG: server.kubeconfig, HOME: directory };
  return new Promise((resolve) => {
    const child = execFile(kubectl as string, args.split(' '), { env, timeout: 25_000 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

const mirrors = (mirror: string) =>
  JSON.stringify({
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: { name: 'm' },
    spec: { imageDigestMirrors: [{ source: 'quay.io/a', mirrors: [mirror] }] },
  });

test.skipIf(!kubectl)('a kind is applied, read, explained, patched and deleted', async () => {
  expect((await run('apply -f -', mirrors('mirror.example.com/a'))).out).toBe(
    'imagedigestmirrorset.config.openshift.io/m created\n',
  );
  expect((await run('apply -f -', mirrors('mirror.example.com/a'))).out).toContain('unchanged');
  expect((await run('apply -f -', mirrors('mirror.example.com/b'))).out).toContain('configured');
  expect((await run('get idms m -o jsonpath={.spec.imageDigestMirrors[0].mirrors[0]}')).out).toBe(
    'mirror.example.com/b',
  );
  expect((await run('get idms')).out).toMatch(/^NAME +AGE\nm +\d+s\n$/);
  expect((await run('explain imagedigestmirrorset.spec')).out).toContain('imageDigestMirrors');
  const patch = JSON.stringify({ metadata: { labels: { a: 'b' } } });
  expect((await run(`patch idms m --type merge -p ${patch}`)).code).toBe(0);
  expect((await run('get idms -l a=b -o name')).out).toBe('imagedigestmirrorset.config.openshift.io/m\n');
  expect((await run('delete idms m')).code).toBe(0);
  expect((await run('get idms m')).err).toContain('imagedigestmirrorsets.config.openshift.io "m" not found');
});

test.skipIf(!kubectl)('a mistake is refused in words that help', async () => {
  const wrong = mirrors('a').replace('"mirrors"', '"mirrorz"');
  const { code, err } = await run('apply -f -', wrong);
  expect(code).not.toBe(0);
  expect(err).toContain('unknown field "spec.imageDigestMirrors[0].mirrorz"');
});

test.skipIf(!kubectl)('a new kind is usable at once', async () => {
  await run('apply -f -', JSON.stringify(widgetDefinition));
  expect((await run('wait --for=condition=Established crd/widgets.example.dev --timeout=5s')).code).toBe(0);
  const object = { apiVersion: 'example.dev/v1', kind: 'Widget', metadata: { name: 'w' }, spec: { size: 2 } };
  expect((await run('create -f -', JSON.stringify(object))).code).toBe(0);
  expect((await run('get things')).out).toMatch(/^NAME +SIZE +READY\nw +2 *\n$/);
  expect((await run('scale widget w --replicas=3')).code).toBe(0);
  expect((await run('get wd w -o jsonpath={.spec.replicas}')).out).toBe('3');
});

test.skipIf(!kubectl)('built-in kinds are made by their generators', async () => {
  expect((await run('create namespace n')).out).toBe('namespace/n created\n');
  expect((await run('create configmap c -n n --from-literal=a=b')).out).toBe('configmap/c created\n');
  expect((await run('get configmaps -n n')).out).toMatch(/NAME +DATA +AGE\nc +1 +\d+s\n/);
  expect((await run('auth can-i create pods')).out).toBe('yes\n');
  expect((await run('delete namespace n')).code).toBe(0);
  expect((await run('get namespace n')).err).toContain('namespaces "n" not found');
});
