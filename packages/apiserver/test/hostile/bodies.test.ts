import { afterAll, beforeAll, expect, test } from 'vitest';
import { widgetDefinition } from '../support/api.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(async () => {
  expect(target.reports).toEqual([]);
  await target.close();
});

const configMaps = '/api/v1/namespaces/default/configmaps';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** The answer to a body as it is, and the milliseconds that it took. */
async function send(
  method: string,
  path: string,
  type: string,
  body: string | Buffer,
): Promise<{ status: number; text: string; ms: number }> {
  const start = performance.now();
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const answer = await target.raw(Buffer.concat([Buffer.from(head), Buffer.from(body)]));
  return { status: Number(answer.split(' ')[1]), text: answer, ms: performance.now() - start };
}

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const largest = 3 * 2 ** 20 - 1000;
const wide = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, ''])));
const bomb = ['a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]']
  .concat(Array.from('bcdefghi').map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]`))
  .join('\n');

test.each([
  ['brackets', 'application/json', nested('[', ']', largest / 2)],
  [
    'braces',
    'application/json',
    `{"metadata":{"name":"a"},"data":${nested('{"a":', '1}', 100_000).replace('1}', '1')}`,
  ],
  ['open brackets', 'application/json', '['.repeat(largest)],
  [
    'a number of a million digits',
    'application/json',
    `{"metadata":{"name":"n","generation":${'9'.repeat(1_000_000)}}}`,
  ],
  ['a string without an end', 'application/json', `{"metadata":{"name":"${'a'.repeat(largest)}`],
  ['a name of a megabyte', 'application/json', `{"metadata":{"name":"${'a'.repeat(1_000_000)}"}}`],
  ['a label of a megabyte', 'application/json', `{"metadata":{"name":"l","labels":{"a":"${'a'.repeat(1_000_000)}"}}}`],
  [
    'annotations beyond the limit',
    'application/json',
    `{"metadata":{"name":"l","annotations":{"a":"${'a'.repeat(300_000)}"}}}`,
  ],
  ['data beyond a megabyte', 'application/json', `{"metadata":{"name":"l"},"data":{"a":"${'a'.repeat(1_100_000)}"}}`],
  ['bytes that are no UTF-8', 'application/json', '{"metadata":{"name":"\xff\xfe"}}'],
  ['null', 'application/json', 'null'],
  ['nothing', 'application/json', ''],
  ['aliases upon aliases', 'application/yaml', `metadata: {name: a}\n${bomb}`],
  ['protobuf of nonsense', 'application/vnd.kubernetes.protobuf', `k8s\0${'\xff'.repeat(100_000)}`],
  ['protobuf of endless length', 'application/vnd.kubernetes.protobuf', 'k8s\0\x12\xff\xff\xff\xff\x0f'],
])('%s is refused in good time', async (_, type, body) => {
  const { status, text, ms } = await send('POST', configMaps, type, body);
  expect(status).toSatisfy((code: number) => code >= 400 && code < 500);
  expect(text).toContain('"kind":"Status"');
  expect(ms).toBeLessThan(30_000);
});

test('a hundred thousand labels are taken or refused, in good time', async () => {
  const { status, ms } = await send(
    'POST',
    configMaps,
    'application/json',
    `{"metadata":{"name":"wide","labels":${wide(100_000)}}}`,
  );
  expect([201, 422]).toContain(status);
  expect(ms).toBeLessThan(60_000);
});

test('names of the language are names like others, and change nothing', async () => {
  const metadata = '"metadata":{"name":"proto","labels":{"constructor":"a"},"annotations":{"constructor":"x"}}';
  const body = `{${metadata},"data":{"__proto__":"one","constructor":"two","toString":"three"},"__proto__":{"polluted":"yes"}}`;
  expect((await send('POST', configMaps, 'application/json', body)).status).toBe(201);
  const patches: [string, string][] = [
    ['application/merge-patch+json', '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}'],
    ['application/json-patch+json', '[{"op":"add","path":"/__proto__/polluted","value":"yes"}]'],
    ['application/json-patch+json', '[{"op":"add","path":"/constructor/prototype/polluted","value":"yes"}]'],
    ['application/strategic-merge-patch+json', '{"metadata":{"__proto__":{"polluted":"yes"}}}'],
    [
      'application/apply-patch+yaml',
      `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"proto"},"data":{"__proto__":"one"}}`,
    ],
  ];
  for (const [type, patch] of patches) {
    const { status } = await send('PATCH', `${configMaps}/proto?fieldManager=m&force=true`, type, patch);
    expect(status).toSatisfy((code: number) => code < 500);
  }
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  const { text } = await send('GET', `${configMaps}/proto`, 'application/json', '');
  expect(text).toContain('"__proto__":"one"');
  expect(text).toContain('"constructor":"two"');
  expect(text).not.toContain('polluted');
});

test.each([
  [
    'a JSON patch of fifty thousand copies',
    'application/json-patch+json',
    JSON.stringify(Array.from({ length: 50_000 }, () => ({ op: 'copy', from: '/data', path: '/data/a' }))),
  ],
  [
    'a JSON patch that doubles',
    'application/json-patch+json',
    JSON.stringify([
      { op: 'add', path: '/data/x', value: ['x'] },
      ...Array.from({ length: 60 }, () => ({ op: 'copy', from: '/data/x', path: '/data/x/0' })),
    ]),
  ],
  [
    'a merge patch of great depth',
    'application/merge-patch+json',
    `{"data":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
  ],
])('%s is refused in good time', async (_, type, patch) => {
  await send('POST', configMaps, 'application/json', '{"metadata":{"name":"patched"},"data":{"a":"b"}}');
  const { status, ms, text } = await send('PATCH', `${configMaps}/patched`, type, patch);
  expect(status).toSatisfy((code: number) => code >= 400 && code < 500);
  expect(text).toContain('"kind":"Status"');
  expect(ms).toBeLessThan(30_000);
});

/** The widget of other tests under another name, with another schema of its spec. */
function definitionWith(name: string, spec: object): string {
  // biome-ignore lint/suspicious/noExplicitAny: a deep copy that is changed in two places.
  const definition: any = JSON.parse(
    JSON.stringify(widgetDefinition).replaceAll('widgets', name).replaceAll('Widget', name.toUpperCase()),
  );
  definition.spec.names.kind = `K${name}`;
  definition.spec.names.shortNames = [];
  definition.spec.versions[0].selectableFields = undefined;
  definition.spec.versions[0].additionalPrinterColumns = undefined;
  definition.spec.versions[0].schema.openAPIV3Schema.properties.spec = spec;
  return JSON.stringify(definition);
}

const nestedLoops = 'self.a.all(a, self.a.all(b, self.a.all(c, self.a.all(d, a + b + c + d != "x"))))';

test('CEL that would explode is refused when it is defined, or stopped when it runs', async () => {
  const list = (more: object): object => ({
    type: 'object',
    properties: { a: { type: 'array', items: { type: 'string', maxLength: 10 }, ...more } },
    'x-kubernetes-validations': [{ rule: nestedLoops }],
  });
  const unbounded = await send('POST', definitions, 'application/json', definitionWith('booms', list({})));
  expect(unbounded.status).toBe(422);
  expect(unbounded.text).toContain('cost');
});

test('a pattern that backtracks elsewhere takes its time here once', async () => {
  const text = {
    type: 'object',
    properties: { a: { type: 'string', pattern: '^(a+)+$' }, b: { type: 'string', maxLength: 40 } },
    'x-kubernetes-validations': [{ rule: '!has(self.b) || self.b.matches("^(a|a)*$")' }],
  };
  expect((await send('POST', definitions, 'application/json', definitionWith('regexes', text))).status).toBe(201);
  const a = `${'a'.repeat(100_000)}!`;
  const body = JSON.stringify({
    apiVersion: 'example.dev/v1',
    kind: 'Kregexes',
    metadata: { name: 'a' },
    spec: { a, b: `${'a'.repeat(39)}!` },
  });
  const { status, ms } = await send(
    'POST',
    '/apis/example.dev/v1/namespaces/default/regexes',
    'application/json',
    body,
  );
  expect(status).toBe(422);
  expect(ms).toBeLessThan(30_000);
});
