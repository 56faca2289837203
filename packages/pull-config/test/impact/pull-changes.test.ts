import { comparePulls, explainPull, type NodeFile, nodePullContext } from '@pullpath/pull-config';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const entries = fc.array(
  fc.record({
    location: fc.constantFrom('quay.io', 'quay.io/ns', 'a.io:5000/x', '*.b.io', 'docker.io/library'),
    blocked: fc.boolean(),
    mirrors: fc.array(
      fc.record({
        location: fc.constantFrom('m.corp/x', 'm2.corp:5000', 'quay.io/blocked', 'mirror'),
        pull: fc.constantFrom('digest-only', 'tag-only', 'all'),
      }),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 4 },
);
const images = fc.constantFrom(
  'quay.io/ns/app:1',
  `quay.io/ns/app@sha256:${'a'.repeat(64)}`,
  'a.io:5000/x/y',
  'c.b.io/z:2',
  'nginx',
  'Bad',
);
const policies = fc.constantFrom(
  '{"default":[{"type":"insecureAcceptAnything"}]}',
  '{"default":[{"type":"reject"}],"transports":{"docker":{"quay.io":[{"type":"insecureAcceptAnything"}]}}}',
  '{"default":[]}',
);

const pullSecrets = fc.constantFrom(
  '{"auths":{}}',
  '{"auths":{"m.corp":{"auth":"YTpi"}}}',
  '{"auths":{"quay.io":{"auth":"?"}}}',
  '{',
);

test('a plan and an explanation agree on every attempt and on failure', () => {
  fc.assert(
    fc.property(entries, policies, pullSecrets, images, (tables, policy, secret, image) => {
      const node = nodePullContext([...filesOf(tables, policy), file('/var/lib/kubelet/config.json', secret)]);
      const explained = explainPull(node, image);
      const { failing, details } = comparePulls([{ image, count: 1 }], nodePullContext([]), node);
      expect(failing).toBe(explained.ok ? 0 : 1);
      const attempts = explained.attempts.map(({ reference, outcome }) => ({ reference, outcome }));
      if (details[0]) expect(details[0].after).toEqual(attempts);
      else expect(attempts.map(({ outcome }) => outcome)).toEqual(['tried']);
    }),
    { numRuns: 500 },
  );
});

test('a namespace with a policy of its own is judged by it', () => {
  const node = nodePullContext([
    file('/etc/containers/policy.json', '{"default":[{"type":"insecureAcceptAnything"}]}'),
    file('/etc/crio/policies/locked.json', '{"default":[{"type":"reject"}]}'),
  ]);
  const uses = ['open', 'locked'].map((namespace) => ({ image: 'quay.io/a:1', namespace, count: 1 }));
  const { same, failing, details } = comparePulls(uses, node, node);
  expect([same, failing]).toEqual([1, 1]);
  expect(details[0]).toMatchObject({ namespace: 'locked', reason: 'policy.json rejects the image' });
});

test('with a registries.conf that does not load every pull fails', () => {
  const node = nodePullContext([file('/etc/containers/registries.conf', '[[registry]]\nlocation = "https://x"\n')]);
  expect(comparePulls([{ image: 'quay.io/a:1', count: 4 }], nodePullContext([]), node)).toMatchObject({ failing: 4 });
});

function filesOf(
  tables: readonly { location: string; blocked: boolean; mirrors: readonly { location: string; pull: string }[] }[],
  policy: string,
): NodeFile[] {
  const seen = new Set<string>();
  const text = tables
    .filter(({ location }) => !seen.has(location) && seen.add(location))
    .map(({ location, blocked, mirrors }) => {
      const key = location.startsWith('*.') ? 'prefix' : 'location';
      const rows = mirrors.map(
        (row) => `[[registry.mirror]]\nlocation = "${row.location}"\npull-from-mirror = "${row.pull}"\n`,
      );
      return `[[registry]]\n${key} = "${location}"\nblocked = ${blocked}\n${rows.join('')}`;
    });
  return [file('/etc/containers/registries.conf', text.join('')), file('/etc/containers/policy.json', policy)];
}

function file(path: string, contents: string): NodeFile {
  return { path, mode: 0o644, contents };
}
