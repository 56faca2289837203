import { parseDockerRef } from '@pullpath/oci';
import { evaluatePolicy, parsePolicy } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

function judge(scopes: Record<string, string>, image: string): string {
  const docker = Object.fromEntries(Object.entries(scopes).map(([scope, type]) => [scope, [{ type }]]));
  const text = JSON.stringify({ default: [{ type: 'reject' }], transports: { docker } });
  const { value } = parsePolicy('policy.json', text);
  const ref = parseDockerRef(image);
  if (!value || !ref.ok) throw new Error('the test input does not parse');
  const { decision, scope } = evaluatePolicy(value, ref.value);
  return `${decision} ${scope}`;
}

const accept = 'insecureAcceptAnything';

test('the exact reference goes before its repository, that before its parents and the host', () => {
  expect(judge({ 'quay.io/ns/app:v1': accept, 'quay.io/ns/app': 'reject' }, 'quay.io/ns/app:v1')).toBe(
    'accept quay.io/ns/app:v1',
  );
  expect(judge({ 'quay.io/ns': accept, 'quay.io': 'reject' }, 'quay.io/ns/app:v1')).toBe('accept quay.io/ns');
  expect(judge({ 'quay.io:443': accept }, 'quay.io:443/ns/app')).toBe('accept quay.io:443');
});

test('a wildcard ignores the port, matches below its domain only and comes after the host', () => {
  expect(judge({ '*.example.com': accept }, 'a.b.example.com:5000/x')).toBe('accept *.example.com');
  expect(judge({ '*.example.com': accept }, 'example.com/x')).toBe('reject default');
  expect(judge({ '*.example.com': accept, 'a.example.com': 'reject' }, 'a.example.com/x')).toBe('reject a.example.com');
});

test('the default of the transport goes before that of the policy', () => {
  expect(judge({ '': accept }, 'quay.io/x')).toBe('accept ');
});

test('scopes are those of full names, so nginx alone is no scope of nginx', () => {
  expect(judge({ nginx: accept, 'docker.io/nginx': accept }, 'nginx')).toBe('reject default');
  expect(judge({ 'docker.io/library': accept }, 'nginx')).toBe('accept docker.io/library');
});
