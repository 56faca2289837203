import { parsePolicy } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

function faults(text: string): string[] {
  return parsePolicy('policy.json', text).diagnostics.map(
    ({ code, at }) => `${at?.start.line}:${at?.start.column} ${code}`,
  );
}

test('a policy of a node loads with its scopes in order', () => {
  const { value, diagnostics } = parsePolicy(
    'policy.json',
    '{"default":[{"type":"reject"}],"transports":{"docker":{"quay.io":[{"type":"insecureAcceptAnything"}],"":[{"type":"reject"}]}}}',
  );
  expect(diagnostics).toEqual([]);
  expect([...(value?.transports.get('docker')?.keys() ?? [])]).toEqual(['quay.io', '']);
});

test('all faults are reported, each at its place', () => {
  expect(
    faults(`{
  "transports": {
    "docker": {
      "quay.io": [],
      "quay.io": [{"type": "nope"}],
      "mirror.corp": [{"type": "reject", "why": 1}]
    },
    "atomic": {"a/b/c/d": [{"type": "reject"}]}
  },
  "extra": 1
}`),
  ).toEqual([
    '4:18 policy-requirements-empty',
    '5:7 policy-duplicate-key',
    '6:42 policy-unknown-key',
    '8:16 policy-scope-invalid',
    '10:3 policy-unknown-key',
    '1:1 policy-default-missing',
  ]);
});

test.each([
  ['{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPath":""}]}', 'policy-key-source-count'],
  ['{"default":[{"type":"signedBy","keyType":"GPGKeys","keyData":""}]}', undefined],
  ['{"default":[{"type":"signedBy","keyType":"GPGKeys","keyData":"dGVzdA"}]}', 'json-type'],
  ['{"default":[{"type":"signedBy","keyType":"GPGKeys","keyData":[116,101]}]}', undefined],
  ['{"default":[{"type":"signedBy","keyType":"GPGKeys","keyData":[300]}]}', 'json-type'],
  ['{"default":[{"type":"signedBy","keyPath":"/k"}]}', 'policy-unknown-key-type'],
  ['{"default":[{"type":"sigstoreSigned","keyPaths":[]}]}', 'policy-list-empty'],
  [
    '{"default":[{"type":"sigstoreSigned","keyPath":"/k","rekorPublicKeyPath":"/r","rekorPublicKeyData":"dGVzdA=="}]}',
    'policy-exclusive-keys',
  ],
  ['{"default":[{"type":"sigstoreSigned","pki":{"caRootsPath":"/ca","subjectEmail":"a@b"}}]}', undefined],
  ['{"default":[{"type":"sigstoreSigned","pki":{"caRootsPath":"/ca"}}]}', 'policy-missing-one-of'],
  [
    '{"default":[{"type":"sigstoreSigned","pki":{"caRootsPath":"/ca","subjectEmail":"a@b"},"rekorPublicKeyPath":"/r"}]}',
    'policy-exclusive-keys',
  ],
  ['{"default":[{"type":"signedBaseLayer"}]}', 'policy-missing-key'],
  ['{"default":[{"Type":"reject"}]}', 'policy-unknown-key'],
  ['{"default":[null]}', 'policy-unknown-requirement-type'],
  ['{"default":null}', 'policy-requirements-empty'],
  ['null', 'json-type'],
  ['{"default":[{"type":"reject"}]} x', 'json-syntax'],
  ['{"default":[{"type":"reject"}],"transports":{"dir":{"/a//b":[{"type":"reject"}]}}}', 'policy-scope-invalid'],
  ['{"default":[{"type":"reject"}],"transports":{"oci":{"/a/b":[{"type":"reject"}]}}}', undefined],
  [
    '{"default":[{"type":"reject"}],"transports":{"docker-archive":{"/a":[{"type":"reject"}]}}}',
    'policy-scope-invalid',
  ],
  ['{"default":[{"type":"reject"}],"transports":{"__proto__":{"constructor":[{"type":"reject"}]}}}', undefined],
])('%s gives %s', (text, code) => {
  expect(parsePolicy('policy.json', text).diagnostics[0]?.code).toBe(code);
});
