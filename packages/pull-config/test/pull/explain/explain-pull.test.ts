import {
  type Explanation,
  explainPull,
  formatExplanation,
  loadRegistriesConf,
  type PullContext,
  parsePolicy,
  prepareResolver,
  readAuthFile,
  resolvePull,
} from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const acceptAll = '{"default":[{"type":"insecureAcceptAnything"}]}';

function contextOf(conf: string, options: { policy?: string; auth?: string; certs?: string[] } = {}): PullContext {
  const loaded = loadRegistriesConf({ file: 'registries.conf', text: conf }, []);
  if (!loaded.value) throw new Error(loaded.diagnostics.map(({ message }) => message).join());
  const resolver = prepareResolver(loaded.value);
  return {
    runtime: 'crio',
    route: (image) => resolvePull(resolver, image),
    policy: parsePolicy('policy.json', options.policy ?? acceptAll),
    authFiles: options.auth ? [readAuthFile({ file: '/var/lib/kubelet/config.json', text: options.auth })] : [],
    certs: (options.certs ?? []).map((path) => ({ path, contents: '' })),
  };
}

const rhel9 = `
[[registry]]
location = "registry.redhat.io/rhel9"
blocked = true
[[registry.mirror]]
location = "mirror.example.com/rhel9"
pull-from-mirror = "tag-only"
[[registry.mirror]]
location = "mirror.example.com/redhat/rhel9"
pull-from-mirror = "digest-only"
`;

function outcomes({ attempts }: Explanation): string[] {
  return attempts.map(({ reference, outcome }) => `${outcome} ${reference}`);
}

test('a tag pull skips the digest mirror and stops at the blocked source', () => {
  const explained = explainPull(contextOf(rhel9), 'registry.redhat.io/rhel9/nginx:1.24');
  expect(outcomes(explained)).toEqual([
    'tried mirror.example.com/rhel9/nginx:1.24',
    'skipped mirror.example.com/redhat/rhel9/nginx:1.24',
    'blocked registry.redhat.io/rhel9/nginx:1.24',
  ]);
  expect(explained).toMatchObject({
    normalized: 'registry.redhat.io/rhel9/nginx:1.24',
    kind: 'tag',
    runtime: 'crio',
    matched: { scope: 'registry.redhat.io/rhel9', origins: [{ file: 'registries.conf', line: 2 }] },
    policy: { decision: 'accept', scope: 'default' },
    ok: true,
    verdict: 'One route, no fallback. If mirror.example.com is down this pull fails.',
  });
  expect(explained.attempts[0]?.origin).toMatchObject({ file: 'registries.conf', line: 5 });
});

test('without a usable attempt the pull fails and the verdict says why', () => {
  const conf =
    '[[registry]]\nlocation="quay.io"\nblocked=true\n[[registry.mirror]]\nlocation="m.corp/q"\npull-from-mirror="digest-only"\n';
  expect(explainPull(contextOf(conf), 'quay.io/ns/app')).toMatchObject({
    ok: false,
    verdict: 'No mirror may be used for a pull by tag and quay.io is blocked. This pull fails.',
  });
});

test('policy.json judges the logical name, not the mirror', () => {
  const policy =
    '{"default":[{"type":"insecureAcceptAnything"}],"transports":{"docker":{"mirror.example.com":[{"type":"reject"}]}}}';
  expect(explainPull(contextOf(rhel9, { policy }), 'registry.redhat.io/rhel9/nginx:1').ok).toBe(true);
});

test('a rejecting policy fails the pull, the attempts are still listed', () => {
  const policy =
    '{"default":[{"type":"reject"}],"transports":{"docker":{"quay.io":[{"type":"insecureAcceptAnything"}]}}}';
  const explained = explainPull(contextOf(rhel9, { policy }), 'registry.redhat.io/rhel9/nginx:1');
  expect(explained).toMatchObject({ ok: false, policy: { decision: 'reject', scope: 'default' } });
  expect(explained.attempts).toHaveLength(3);
});

test('a policy.json that does not load fails every pull with its place', () => {
  const explained = explainPull(contextOf('', { policy: '{\n"default":[]}' }), 'quay.io/x');
  expect(explained).toMatchObject({
    attempts: [],
    ok: false,
    normalized: 'quay.io/x:latest',
    error: { code: 'policy-requirements-empty', message: expect.stringContaining('policy.json:2:11') },
  });
});

test('an attempt names the key of its credentials and its authority, and no secret', () => {
  const auth = `{"auths":{"mirror.example.com/rhel9":{"auth":"${btoa('robot:hunter2')}"}}}`;
  const certs = ['/etc/docker/certs.d/mirror.example.com/ca.crt'];
  const explained = explainPull(contextOf(rhel9, { auth, certs }), 'registry.redhat.io/rhel9/nginx:1');
  expect(explained.attempts[0]).toMatchObject({
    credentials: 'mirror.example.com/rhel9',
    credentialsFile: '/var/lib/kubelet/config.json',
    ca: '/etc/docker/certs.d/mirror.example.com/ca.crt',
  });
  expect(JSON.stringify(explained) + formatExplanation(explained)).not.toMatch(/hunter2|robot/);
});

test('an attempt whose credentials do not decode is not made', () => {
  const auth = '{"auths":{"quay.io":{"auth":"%%%"}}}';
  const explained = explainPull(contextOf('', { auth }), 'quay.io/x');
  expect(explained).toMatchObject({ ok: false, attempts: [{ outcome: 'skipped' }] });
  expect(explained.attempts[0]?.reason).toContain('is not base64');
});

test('a short name asks every search registry, and the policy judges each name', () => {
  const policy =
    '{"default":[{"type":"insecureAcceptAnything"}],"transports":{"docker":{"quay.io":[{"type":"reject"}]}}}';
  const explained = explainPull(
    contextOf('unqualified-search-registries=["quay.io","docker.io"]', { policy }),
    'nginx',
  );
  expect(outcomes(explained)).toEqual(['skipped quay.io/nginx:latest', 'tried docker.io/library/nginx:latest']);
  expect(explained.ok).toBe(true);
});

test('the text form is a ladder that a person can read', () => {
  const explained = explainPull(contextOf(rhel9), 'registry.redhat.io/rhel9/nginx:1.24');
  expect(formatExplanation(explained)).toBe(`registry.redhat.io/rhel9/nginx:1.24  · pulled by tag

  rule   [[registry]] registry.redhat.io/rhel9
         from  ${explained.matched?.origins[0]?.object}  registry[0]  registries.conf:2:1

  1 ✓    mirror.example.com/rhel9/nginx:1.24         tried    mirror
  – ·    mirror.example.com/redhat/rhel9/nginx:1.24  skipped  digest-only, this pull has no digest
  2 ✗    registry.redhat.io/rhel9/nginx:1.24         blocked  blocked by the entry "registry.redhat.io/rhel9"

  One route, no fallback. If mirror.example.com is down this pull fails.
`);
});
