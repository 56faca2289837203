import { expect, test } from 'vitest';
import { json, pullpath } from '../run-cli.ts';

test('without a kind the kinds are listed', () => {
  const { status, stdout } = pullpath(['schema']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ImageTagMirrorSet +itms +config\.openshift\.io\/v1$/m);
});

test.each(['ImageTagMirrorSet', 'imagetagmirrorsets', 'itms', 'ITMS'])('a kind is known as %s', (name) => {
  expect(pullpath(['schema', name]).stdout).toContain('ImageTagMirrorSet');
});

test('a field is explained in words', () => {
  expect(pullpath(['schema', 'itms.spec.imageTagMirrors.source']).stdout).toContain('source');
});

test('a field that is not there is wrong usage', () => {
  expect(pullpath(['schema', 'itms.spec.nothing'])).toMatchObject({ status: 2, stdout: '' });
});

test('the JSON Schema is one for editors', () => {
  expect(json(['schema', 'idms', '--format', 'json-schema'])).toMatchObject({
    $schema: expect.stringContaining('json-schema.org'),
    properties: { spec: { properties: { imageDigestMirrors: { type: 'array' } } } },
  });
});

test('CustomResourceDefinitions are one document each, only of kinds that are no core kinds', () => {
  const { status, stdout } = pullpath(['crds']);
  const documents = stdout.split(/^---$/m);
  expect(status).toBe(0);
  expect(documents.length).toBeGreaterThan(10);
  for (const document of documents) expect(document).toContain('kind: CustomResourceDefinition');
});

test('one CustomResourceDefinition as JSON is a List of one', () => {
  expect(json(['crds', 'idms', '-o', 'json'])).toMatchObject({
    kind: 'List',
    items: [{ metadata: { name: 'imagedigestmirrorsets.config.openshift.io' } }],
  });
});
