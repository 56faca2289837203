import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { containerdRoutes, k3sRoutes, type Runtime, renderRuntime } from '../../src/runtimes/index.ts';
import { both, confOf, digest, table, tag } from './tables.ts';

/** One rule of every sort that the runtimes treat differently. */
const conf = confOf(
  table('docker.io', both('mirror.corp:5000/hub')),
  table('quay.io/openshift-release-dev/ocp-release', [digest('mirror.corp:5000/ocp/release')], { blocked: true }),
  table('registry.redhat.io', both('mirror.corp:5000'), { blocked: true }),
  table('gcr.io/team', [tag('mirror.corp:5000/gcr/team')]),
  table('*.apps.example.com', [tag('edge.corp', true)]),
  table('evil.example.com', [], { blocked: true }),
  table('lab.example.com:5000', [], { insecure: true }),
);

const options = {
  certificates: [{ host: 'mirror.corp:5000', pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' }],
  credentials: [
    { key: 'mirror.corp:5000', auth: 'dTpw' },
    { key: 'mirror.corp:5000/team', auth: 'dTpw' },
    { key: 'https://index.docker.io/v1/', auth: 'dTpw' },
  ],
};

test.each<Runtime>(['containerd', 'k3s', 'rke2', 'docker', 'talos'])(
  '%s gets these files and this report',
  async (runtime) => {
    const { files, report, diagnostics } = renderRuntime(runtime, conf, options);
    const text = [
      ...files.map(({ path, mode, contents }) => `==> ${path} ${mode.toString(8)}\n${contents}`),
      '==> report\n',
      ...report.map(({ verdict, kind, source, mirror, why }) => `${verdict} ${kind} ${source} -> ${mirror}: ${why}\n`),
      '==> diagnostics\n',
      ...diagnostics.map(({ severity, code, object, message }) => `${severity} ${code} ${object}: ${message}\n`),
    ].join('');
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${runtime}.txt`));
  },
);

describe('what is written reads back without a fault', () => {
  test('by containerd', () => {
    expect(containerdRoutes(renderRuntime('containerd', conf, options).files).diagnostics).toEqual([]);
  });

  test('by k3s', () => {
    expect(k3sRoutes(renderRuntime('k3s', conf, options).files).diagnostics).toEqual([]);
  });
});

test('every mirror row and every block has its line in the report', () => {
  const rows = conf.registries.flatMap((entry) => entry.mirrors).length;
  const { report } = renderRuntime('containerd', conf);
  expect(report.filter(({ mirror }) => mirror !== null)).toHaveLength(rows);
  expect(report.filter(({ kind }) => kind === 'blocked' || kind === 'never-contact-source')).toHaveLength(3);
});

test('a secret stays out of the report and the diagnostics', () => {
  for (const runtime of ['k3s', 'talos'] as const) {
    const { report, diagnostics } = renderRuntime(runtime, conf, options);
    expect(JSON.stringify([report, diagnostics])).not.toContain('dTpw');
  }
});

test('a scope with a tag is dropped, since no pull is looked up with one', () => {
  const { report, files } = renderRuntime('containerd', confOf(table('quay.io/app:v1', [], { blocked: true })));
  expect(report).toMatchObject([{ source: 'quay.io/app:v1', verdict: 'dropped', kind: 'blocked' }]);
  expect(files).toEqual([]);
});

test('a mirror inside a blocked scope is dropped', () => {
  const { report } = renderRuntime(
    'containerd',
    confOf(table('quay.io', both('mirror.corp/q')), table('mirror.corp', [], { blocked: true })),
  );
  expect(report.filter(({ mirror }) => mirror !== null).map(({ verdict, why }) => [verdict, why])).toEqual([
    ['dropped', 'mirror.corp is blocked and would be reached by this mirror'],
    ['dropped', 'mirror.corp is blocked and would be reached by this mirror'],
  ]);
});

test('a part of a host that is only blocked does not close the whole host', () => {
  const { report, diagnostics } = renderRuntime('containerd', confOf(table('docker.io/evil', [], { blocked: true })));
  expect(report).toMatchObject([{ kind: 'blocked', verdict: 'dropped' }]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['runtime-source-contacted']);
});

test('two tables for one place with and without verification get two spellings of the URL', () => {
  const { files } = renderRuntime(
    'containerd',
    confOf(table('quay.io/a', both('m.corp/a')), table('quay.io/b', both('m.corp/b', true))),
  );
  expect(files[0]?.contents.match(/^\[host\..*$/gm)).toEqual([
    '[host."https://m.corp"]',
    '[host."https://m.corp/v2"]',
    '[host."http://m.corp"]',
  ]);
});
