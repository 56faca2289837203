import { expect, test } from 'vitest';
import { renderers, renderGithub, renderJson, renderJunit, renderSarif } from '../../src/index.ts';
import { placeless, sample, sources } from './samples.ts';

test('JSON has every place, counted from 1, and null where there is no file', () => {
  expect(JSON.parse(renderJson([sample, placeless]))).toEqual([
    {
      code: 'field-not-supported',
      severity: 'error',
      message: '"AllowFallback" is not a mirrorSourcePolicy',
      file: 'mirrors/app.yaml',
      line: 4,
      column: 25,
      endLine: 4,
      endColumn: 38,
      object: 'ImageDigestMirrorSet/a',
      path: 'spec.imageDigestMirrors[0].mirrorSourcePolicy',
      expected: 'AllowContactingSource or NeverContactSource',
      hint: 'some guides write AllowFallback; the API name is AllowContactingSource',
      related: [
        { message: 'of this source', file: 'mirrors/app.yaml', line: 3, column: 13, endLine: 3, endColumn: 20 },
      ],
      fix: {
        title: 'write AllowContactingSource',
        edits: [
          { text: 'AllowContactingSource', file: 'mirrors/app.yaml', line: 4, column: 25, endLine: 4, endColumn: 38 },
        ],
      },
    },
    {
      code: 'field-required',
      severity: 'warning',
      message: 'm',
      file: null,
      line: null,
      column: null,
      endLine: null,
      endColumn: null,
      object: 'Image/cluster',
      path: 'spec',
    },
  ]);
});

test('SARIF has rules, regions, other places and fixes', () => {
  const { version, runs } = JSON.parse(renderSarif([sample, placeless]));
  expect(version).toBe('2.1.0');
  expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
    'field-not-supported',
    'field-required',
  ]);
  const region = { startLine: 4, startColumn: 25, endLine: 4, endColumn: 38 };
  expect(runs[0].results[0]).toMatchObject({
    ruleId: 'field-not-supported',
    ruleIndex: 0,
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'mirrors/app.yaml' }, region } }],
    relatedLocations: [{ id: 0, message: { text: 'Of this source.' } }],
    fixes: [
      {
        artifactChanges: [
          { replacements: [{ deletedRegion: region, insertedContent: { text: 'AllowContactingSource' } }] },
        ],
      },
    ],
  });
  expect(runs[0].results[1].locations).toEqual([{ logicalLocations: [{ fullyQualifiedName: 'Image/cluster spec' }] }]);
});

test('SARIF names files by URI', () => {
  const uriOf = (file: string) =>
    JSON.parse(renderSarif([{ ...sample, at: { ...sample.at!, file } }])).runs[0].results[0].locations[0]
      .physicalLocation.artifactLocation.uri;
  expect([uriOf('a b/ü#.yaml'), uriOf('/tmp/a')]).toEqual(['a%20b/%C3%BC%23.yaml', 'file:///tmp/a']);
});

test('JUnit fails one case per problem and passes clean files', () => {
  expect(renderJunit([{ ...sample, message: '<&"\u0001' }], { sources })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="pullpath" tests="2" failures="1" errors="0">
  <testsuite name="pullpath lint" tests="2" failures="1" errors="0">
    <testcase classname="mirrors/app.yaml" name="field-not-supported at 4:25"><failure type="error" message="&lt;&amp;&quot;\ufffd">mirrors/app.yaml:4:25&#10;expected AllowContactingSource or NeverContactSource&#10;hint: some guides write AllowFallback; the API name is AllowContactingSource</failure></testcase>
    <testcase classname="clean.yaml" name="no problems"/>
  </testsuite>
</testsuites>
`);
});

test('GitHub gets one command per problem; no part can end it early', () => {
  const { hint: _, expected: __, ...bare } = sample;
  const evil = { ...bare, message: 'a%\r\n::error::b', at: { ...sample.at!, file: 'a,b:c' } };
  expect(renderGithub([evil])).toBe(
    '::error file=a%2Cb%3Ac,line=4,endLine=4,col=25,endColumn=38,title=field-not-supported::a%25%0D%0A::error::b\n',
  );
  expect(renderGithub([{ ...placeless, severity: 'info' }])).toBe('::notice title=field-required::m\n');
});

test.each(Object.entries(renderers))('%s shows no secret', (_, render) => {
  const output = render([
    { ...sample, message: 'https://me:hunter2@host', hint: 'auth: hunter2', related: [{ message: 'token=hunter2' }] },
  ]);
  expect(output).not.toContain('hunter2');
});

test.each(Object.entries(renderers))('%s of nothing ends with a line break or is empty', (_, render) => {
  expect(render([])).toMatch(/^$|\n$/);
});
