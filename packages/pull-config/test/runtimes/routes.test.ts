import { describe, expect, test } from 'vitest';
import { containerdRoutes, k3sRoutes, runtimeRoutes } from '../../src/runtimes/index.ts';
import { both, confOf, digest, table } from './tables.ts';

const root = '/etc/containerd/certs.d';

function hostsToml(host: string, contents: string) {
  return { path: `${root}/${host}/hosts.toml`, mode: 0o644, contents };
}

function registriesYaml(contents: string) {
  return { path: '/etc/rancher/k3s/registries.yaml', mode: 0o600, contents };
}

describe('containerd', () => {
  test('ignores a file that does not load and asks the registry itself, which is an error of the file', () => {
    const { route, diagnostics } = containerdRoutes([hostsToml('quay.io', '[host."https://m.corp"\n')]);
    expect(route('quay.io/ns/app:v1').attempts).toMatchObject([{ reference: 'quay.io/ns/app:v1', mirror: false }]);
    expect(diagnostics).toMatchObject([{ code: 'hosts-toml-syntax', severity: 'error' }]);
  });

  test('points at a key that it does not know', () => {
    const { diagnostics } = containerdRoutes([
      hostsToml('quay.io', 'server = "https://quay.io"\n\n[host."https://m.corp"]\n  capabilites = ["pull"]\n'),
    ]);
    expect(diagnostics).toMatchObject([
      {
        code: 'hosts-toml-unknown-key',
        severity: 'warning',
        at: { file: `${root}/quay.io/hosts.toml`, start: { line: 4, column: 3 } },
      },
    ]);
  });

  test('fails every pull of a registry whose certificate is missing', () => {
    const { route } = containerdRoutes([hostsToml('quay.io', 'ca = "ca.crt"\n')]);
    expect(route('quay.io/app:v1')).toMatchObject({ attempts: [], error: { code: 'hosts-toml-certificate' } });
  });

  test('asks a mirror without resolve for digests only', () => {
    const { route } = containerdRoutes([hostsToml('quay.io', '[host."https://m.corp"]\ncapabilities = ["pull"]\n')]);
    expect(route('quay.io/app:v1').attempts.map(({ outcome }) => outcome)).toEqual(['skipped', 'tried']);
    expect(route(`quay.io/app@sha256:${'a'.repeat(64)}`).attempts.map(({ outcome }) => outcome)).toEqual([
      'tried',
      'tried',
    ]);
  });

  test('prefers host_port_ to host:port to _default', () => {
    const files = [
      hostsToml('_default', 'server = "https://any.corp"\n'),
      hostsToml('reg.corp:5000', 'server = "https://colon.corp"\n'),
      hostsToml('reg.corp_5000_', 'server = "https://underscore.corp"\n'),
    ];
    const first = (kept: number) =>
      containerdRoutes(files.slice(0, kept)).route('reg.corp:5000/app:v1').attempts[0]?.reference;
    expect([3, 2, 1].map(first)).toEqual(['underscore.corp/app:v1', 'colon.corp/app:v1', 'any.corp/app:v1']);
  });

  test('writes a place without a reference of its own as the URL of the manifest', () => {
    const { route } = containerdRoutes([hostsToml('quay.io', '[host."https://m.corp/odd"]\n')]);
    expect(route('quay.io/app:v1').attempts[0]?.reference).toBe('https://m.corp/odd/v2/app/manifests/v1');
  });
});

describe('k3s', () => {
  test('does not start with a file of wrong types: every pull is an error', () => {
    const { route, diagnostics } = k3sRoutes([registriesYaml('mirrors:\n  quay.io:\n    endpoint: m.corp\n')]);
    expect(diagnostics).toMatchObject([{ code: 'registries-yaml-syntax', at: { start: { line: 3, column: 15 } } }]);
    expect(route('quay.io/app:v1')).toMatchObject({ attempts: [], error: { code: 'registries-yaml-syntax' } });
  });

  test('leaves the registry itself out with --disable-default-registry-endpoint', () => {
    const file = registriesYaml('mirrors:\n  quay.io:\n    endpoint: ["https://m.corp"]\n');
    const { route } = k3sRoutes([file], { disableDefaultEndpoint: true });
    expect(route('quay.io/app:v1').attempts.map(({ reference }) => reference)).toEqual(['m.corp/app:v1']);
    expect(route('gcr.io/app:v1').attempts.map(({ reference }) => reference)).toEqual(['gcr.io/app:v1']);
  });

  test('keeps it all the same where the registry has settings of its own', () => {
    const file = registriesYaml('mirrors:\n  quay.io:\n    endpoint: ["https://m.corp"]\nconfigs:\n  quay.io: {}\n');
    const { route } = k3sRoutes([file], { disableDefaultEndpoint: true });
    expect(route('quay.io/app:v1').attempts.map(({ reference }) => reference)).toEqual([
      'm.corp/app:v1',
      'quay.io/app:v1',
    ]);
  });

  test('says when several rewrites match, since it applies any of them', () => {
    const file = registriesYaml(
      'mirrors:\n  quay.io:\n    endpoint: ["https://m.corp"]\n    rewrite:\n      "^ns/": "a/"\n      "app$": "b"\n',
    );
    expect(k3sRoutes([file]).route('quay.io/ns/app:v1').attempts[0]).toMatchObject({
      reference: 'm.corp/a/app:v1',
      reason: 'several rewrites, or one too slow to try, match this path; k3s applies any one',
    });
  });

  test('leaves a path open that a rewrite takes too many steps on', () => {
    const file = registriesYaml(
      'mirrors:\n  quay.io:\n    endpoint: ["https://m.corp"]\n    rewrite:\n      "(a*){1,500}b|.": "x"\n',
    );
    const [attempt] = k3sRoutes([file]).route(`quay.io/${'a'.repeat(240)}:v1`).attempts;
    expect(attempt).toMatchObject({
      reference: `m.corp/${'a'.repeat(240)}:v1`,
      reason: expect.stringContaining('slow'),
    });
  });

  test('refuses a file that is nested too deep to be one', () => {
    const { diagnostics } = k3sRoutes([registriesYaml('{'.repeat(100_000))]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['yaml-too-deep']);
  });
});

test('rules keep their origins on another runtime', () => {
  const rules = confOf(table('quay.io', both('m.corp/q')), table('quay.io/ns', [digest('special.corp/ns')]));
  const { route } = runtimeRoutes('containerd', rules);
  const { matchedScope, attempts } = route(`quay.io/ns/app@sha256:${'a'.repeat(64)}`);
  expect(matchedScope).toBe('quay.io/ns');
  expect(attempts.map(({ mirrorOf }) => mirrorOf?.origins[0]?.of.object.metadata.name)).toEqual([
    'special.corp/ns',
    'm.corp/q',
    undefined,
  ]);
});
