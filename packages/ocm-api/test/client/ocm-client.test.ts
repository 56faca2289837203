import { expect, test } from 'vitest';
import {
  connectOcm,
  createImageMirror,
  getCluster,
  getImageMirror,
  isModified,
  isNotFound,
  listImageMirrors,
  OcmError,
  type OcmSettings,
} from '../../src/client/index.ts';
import { fastPace, sampleToken, scriptedServer } from './scripted-server.ts';

const bearer = sampleToken({ typ: 'Bearer', exp: 4_102_444_800 });
const mirror = { kind: 'ImageMirror', id: 'm1', type: 'digest', source: 's.io/a', mirrors: ['m.io/a'] };

function clientFor(url: string, settings: OcmSettings = {}) {
  return connectOcm({ url, tokens: [bearer], pace: fastPace(), ...settings });
}

async function errorOf(call: Promise<unknown>): Promise<OcmError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OcmError)) throw new Error(`no OcmError: ${String(error)}`);
  return error;
}

test('a mirror is created with the members in the order of the published SDK', async () => {
  const { url, seen } = await scriptedServer([{ status: 201, body: mirror }]);
  expect(
    await createImageMirror(clientFor(url), 'c1', { source: 's.io/a', mirrors: ['m.io/a'], type: 'digest' }),
  ).toEqual(mirror);
  expect(seen[0]).toMatchObject({
    method: 'POST',
    path: '/api/clusters_mgmt/v1/clusters/c1/image_mirrors',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    text: '{\n  "kind": "ImageMirror",\n  "mirrors": [\n    "m.io/a"\n  ],\n  "source": "s.io/a",\n  "type": "digest"\n}',
  });
});

test('a refusal has the words and the fields of the error body', async () => {
  const body = { kind: 'Error', id: '404', code: 'CLUSTERS-MGMT-404', reason: 'no such mirror', operation_id: 'op1' };
  const { url } = await scriptedServer([{ status: 404, body }]);
  const error = await errorOf(getImageMirror(clientFor(url), 'c1', 'm1'));
  expect(error.message).toBe(
    "status is 404, identifier is '404', code is 'CLUSTERS-MGMT-404' and operation identifier is 'op1': no such mirror",
  );
  expect(error).toMatchObject({ code: 'ocm-status', status: 404, body });
  expect(isNotFound(error)).toBe(true);
});

test('an error without a body is an error all the same', async () => {
  const { url } = await scriptedServer([{ status: 404, text: '' }]);
  expect((await errorOf(getCluster(clientFor(url), 'c1'))).message).toBe('status is 404');
});

test('a conflict of two writes is told apart from a taken source', async () => {
  const { url } = await scriptedServer([{ status: 409, body: { reason: 'the object has been modified; try again' } }]);
  expect(isModified(await errorOf(getCluster(clientFor(url), 'c1')))).toBe(true);
});

test.each([
  [
    '429 of a write',
    'POST',
    [
      { status: 429, body: {} },
      { status: 201, body: mirror },
    ],
    [1000],
  ],
  [
    '503 of a write',
    'POST',
    [
      { status: 503, body: {} },
      { status: 201, body: mirror },
    ],
    [1000],
  ],
  ['500 of a read', 'GET', [{ status: 500, body: {} }, { status: 502, body: {} }, { body: mirror }], [1000, 2000]],
  ['a cut connection of a read', 'GET', [{ cut: true }, { body: mirror }], [1000]],
  ['Retry-After', 'GET', [{ status: 429, headers: { 'retry-after': '4' }, body: {} }, { body: mirror }], [4000]],
])('%s is sent again', async (_, method, script, waits) => {
  const { url, seen } = await scriptedServer(script);
  const pace = fastPace();
  const client = clientFor(url, { pace });
  await (method === 'GET'
    ? getImageMirror(client, 'c', 'm1')
    : createImageMirror(client, 'c', { source: 's.io/a', mirrors: ['m'] }));
  expect(seen).toHaveLength(script.length);
  expect(pace.waits).toEqual(waits);
});

test.each([
  ['500', { status: 500, body: { reason: 'boom' } }],
  ['a cut connection', { cut: true }],
])('%s of a write is not sent again: it may have been carried out', async (_, answer) => {
  const { url, seen } = await scriptedServer([answer]);
  await errorOf(createImageMirror(clientFor(url), 'c1', { source: 's.io/a', mirrors: ['m'] }));
  expect(seen).toHaveLength(1);
});

test('three attempts are the most', async () => {
  const { url, seen } = await scriptedServer(
    Array.from({ length: 5 }, () => ({ status: 503, body: { reason: 'down' } })),
  );
  expect((await errorOf(getCluster(clientFor(url), 'c1'))).message).toBe('status is 503: down');
  expect(seen).toHaveLength(3);
});

test('an answer of a gateway is told with its words, without its tags', async () => {
  const page = `<html><head><title>502 Bad Gateway</title></head><body>${'<p>nginx</p>'.repeat(60)}</body></html>`;
  const { url } = await scriptedServer([{ status: 403, text: page, headers: { 'content-type': 'text/html' } }]);
  const { message } = await errorOf(getCluster(clientFor(url), 'c1'));
  expect(message).toContain(
    "expected response content type 'application/json' but received 'text/html' and content '502 Bad Gateway nginx",
  );
  expect(message.length).toBeLessThan(400);
});

test('a list is read page by page; the first request says nothing of pages', async () => {
  const item = (at: number) => ({ ...mirror, id: `m${at}` });
  const page = (...ids: number[]) => ({ body: { kind: 'ImageMirrorList', total: 3, items: ids.map(item) } });
  const { url, seen } = await scriptedServer([page(1, 2), page(3)]);
  expect((await listImageMirrors(clientFor(url), 'c1')).map(({ id }) => id)).toEqual(['m1', 'm2', 'm3']);
  expect(seen.map(({ path }) => path.split('?')[1])).toEqual([undefined, 'page=2']);
});

test('an id with slashes stays one segment, and what would lead elsewhere is not sent', async () => {
  const { url, seen } = await scriptedServer([{ body: {} }]);
  await getCluster(clientFor(url), '../../accounts?x');
  for (const id of ['', '.', '..'])
    expect((await errorOf(getImageMirror(clientFor(url), 'c1', id))).message).toBe(`'${id}' is no id`);
  expect(seen.map(({ path }) => path)).toEqual(['/api/clusters_mgmt/v1/clusters/..%2F..%2Faccounts%3Fx']);
});

test('a server that is not there is told with what to do', async () => {
  const error = await errorOf(getCluster(clientFor('http://127.0.0.1:1'), 'c1'));
  expect(error.message).toContain(`can't send request: the connection was refused`);
  expect(error).toMatchObject({ code: 'ocm-unreachable', hint: expect.stringContaining('check') });
});

test('a request that is given up ends at once', async () => {
  const { url } = await scriptedServer([]);
  expect(await errorOf(getCluster(clientFor(url), 'c1', { signal: AbortSignal.abort() }))).toMatchObject({
    code: 'ocm-cancelled',
  });
});

test('a server that says nothing is not waited for without end, and a write to it is not repeated', async () => {
  const { url, seen } = await scriptedServer([{ silent: true }]);
  const client = clientFor(url, { silenceMs: 100 });
  const write = createImageMirror(client, 'c1', { source: 's.io/a', mirrors: ['m'] });
  expect(await errorOf(write)).toMatchObject({
    code: 'ocm-timeout',
    message: expect.stringContaining('is silent for 0.1 seconds'),
  });
  expect(seen).toHaveLength(1);
});

test('an answer that breaks off is read again, and is no answer to a write', async () => {
  const half = { headers: { 'content-length': '100' }, text: '{"kind":', cutAfter: true };
  const { url, seen } = await scriptedServer([half, { body: mirror }, half]);
  expect(await getImageMirror(clientFor(url), 'c1', 'm1')).toEqual(mirror);
  expect(await errorOf(createImageMirror(clientFor(url), 'c1', { source: 's.io/a', mirrors: ['m'] }))).toMatchObject({
    code: 'ocm-unreachable',
  });
  expect(seen).toHaveLength(3);
});

test('what is observed of requests holds no token and no body', async () => {
  const { url } = await scriptedServer([{ status: 201, body: mirror }]);
  const seen: unknown[] = [];
  await createImageMirror(clientFor(url, { observe: (exchange) => void seen.push(exchange) }), 'c1', {
    source: 's.io/a',
    mirrors: ['m'],
  });
  expect(seen).toEqual([
    {
      method: 'POST',
      url: `${url}/api/clusters_mgmt/v1/clusters/c1/image_mirrors`,
      status: 201,
      ms: expect.any(Number),
    },
  ]);
});

test('a redirect to another origin is not followed with the token', async () => {
  const other = await scriptedServer([{ body: {} }]);
  const { url } = await scriptedServer([{ status: 302, headers: { location: other.url }, body: {} }]);
  await getCluster(clientFor(url), 'c1').catch(() => undefined);
  expect(other.seen).toEqual([]);
});
