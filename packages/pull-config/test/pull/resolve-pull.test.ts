import { matchPrefix, parseReference } from '@pullpath/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRegistry, loadRegistriesConf, prepareResolver, type Resolver, resolvePull } from '../../src/index.ts';

const digest = `sha256:${'0'.repeat(64)}`;

function resolver(text: string): Resolver {
  const { value, diagnostics } = loadRegistriesConf({ file: 'registries.conf', text }, []);
  if (!value) throw new Error(JSON.stringify(diagnostics));
  return prepareResolver(value);
}

function attempts(text: string, image: string): string[] {
  return resolvePull(resolver(text), image).attempts.map(({ outcome, reference, reason }) =>
    [outcome, reference, reason].filter(Boolean).join(' '),
  );
}

const mirrored = `
[[registry]]
location = "quay.io/ns"
[[registry.mirror]]
location = "d.corp/ns"
pull-from-mirror = "digest-only"
[[registry.mirror]]
location = "t.corp/ns"
pull-from-mirror = "tag-only"
`;

test('without an entry the image itself is asked for', () => {
  expect(attempts('', 'quay.io/app')).toEqual(['tried quay.io/app:latest']);
});

test('a tag pull skips digest-only mirrors and says so', () => {
  expect(attempts(mirrored, 'quay.io/ns/app:1')).toEqual([
    'skipped d.corp/ns/app:1 digest-only, this pull has no digest',
    'tried t.corp/ns/app:1',
    'tried quay.io/ns/app:1',
  ]);
});

test('of name:tag@digest the tag is dropped', () => {
  expect(attempts(mirrored, `quay.io/ns/app:1@${digest}`)).toEqual([
    `tried d.corp/ns/app@${digest}`,
    `skipped t.corp/ns/app@${digest} tag-only, this pull is by digest`,
    `tried quay.io/ns/app@${digest}`,
  ]);
});

test('blocked is judged on the physical reference', () => {
  const text = `${mirrored}[[registry]]\nlocation = "t.corp"\nblocked = true\n`;
  expect(attempts(text, 'quay.io/ns/app:1')).toContain('blocked t.corp/ns/app:1 blocked by the entry "t.corp"');
});

test('a host-only mirror of an exact repository fails the whole pull', () => {
  const text = '[[registry]]\nlocation = "quay.io/ns/app"\n[[registry.mirror]]\nlocation = "mirror.corp"\n';
  expect(resolvePull(resolver(text), 'quay.io/ns/app:1')).toMatchObject({
    attempts: [],
    matchedScope: 'quay.io/ns/app',
    error: { code: 'rewrite-not-canonical' },
  });
});

test('a wildcard without a location keeps the reference, and wins over a plain prefix of its length', () => {
  const text = '[[registry]]\nprefix = "*.example.com"\ninsecure = true\n[[registry]]\nlocation = "a.example.com"\n';
  expect(resolvePull(resolver(text), 'a.example.com/x')).toMatchObject({
    matchedScope: '*.example.com',
    attempts: [{ reference: 'a.example.com/x:latest', insecure: true }],
  });
});

test('a short name is asked for in every search registry', () => {
  const plan = resolvePull(resolver('unqualified-search-registries = ["a.io", "docker.io"]'), 'nginx');
  expect(plan).toMatchObject({ normalized: 'a.io/nginx:latest', candidates: [{}, {}] });
  expect(plan.attempts.map(({ reference }) => reference)).toEqual([
    'a.io/nginx:latest',
    'docker.io/library/nginx:latest',
  ]);
});

test('CRI-O can turn the short-name mode off', () => {
  const conf = resolver('short-name-mode = "enforcing"\nunqualified-search-registries = ["a.io", "b.io"]');
  expect(resolvePull(conf, 'nginx').error).toMatchObject({ code: 'short-name-enforcing-no-tty' });
  expect(resolvePull(conf, 'nginx', { mode: 'disabled' }).candidates).toHaveLength(2);
});

test('the prepared look-up finds what a search through all entries finds', () => {
  const part = fc.constantFrom('a', 'b', 'io', 'a.io', 'b.io', 'a.io.b.io', 'x.a.io:5000');
  const path = fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 });
  const place = fc.tuple(part, path).map(([host, rest]) => [host, ...rest].join('/'));
  const prefix = fc.oneof(place, fc.constantFrom('*.io', '*.a.io', '*.b.io', '*.'));
  fc.assert(
    fc.property(fc.uniqueArray(prefix, { maxLength: 8 }), place, (prefixes, name) => {
      const sorted = [...prefixes].sort();
      const text = sorted.map((each) => `[[registry]]\nprefix = "${each}"\nlocation = "l.io"\n`).join('');
      let longest: string | undefined;
      for (const each of sorted)
        if (matchPrefix(name, each) !== -1 && each.length > (longest?.length ?? 0)) longest = each;
      expect(findRegistry(resolver(text), name)?.prefix).toBe(longest);
    }),
    { numRuns: 3_000 },
  );
});

test('every tried reference is one', () => {
  for (const { reference } of resolvePull(resolver(mirrored), 'quay.io/ns/app').attempts)
    expect(parseReference(reference).ok).toBe(true);
});
