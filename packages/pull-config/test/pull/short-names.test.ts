import { formatReference } from '@pullpath/oci';
import { expect, test } from 'vitest';
import { isShortName, loadRegistriesConf, resolveAlias, resolveShortName } from '../../src/index.ts';

const conf = (text: string) => loadRegistriesConf({ file: 'registries.conf', text }, []).value!;

function candidates(text: string, name: string): string[] | string {
  const resolved = resolveShortName(conf(text), name);
  return resolved.ok ? resolved.value.candidates.map(formatReference) : resolved.code;
}

const aliased = 'unqualified-search-registries = ["s.io"]\n[aliases]\nfedora = "r.io/fedora"\nnone = ""\n';

test('an alias comes before the search registries and keeps the tag', () => {
  expect(candidates(aliased, 'fedora:1')).toEqual(['r.io/fedora:1']);
});

test('an alias set to nothing does not resolve', () => {
  expect(candidates(aliased, 'none')).toEqual(['s.io/none:latest']);
  expect([resolveAlias(conf(aliased), 'none'), resolveAlias(conf(aliased), 'toString')]).toEqual(['', undefined]);
});

test('aliases of the user come first', () => {
  const resolved = resolveShortName(conf(aliased), 'fedora', { userAliases: { fedora: 'u.io/f' } });
  expect(resolved).toMatchObject({ value: { by: 'alias', candidates: [{ name: 'u.io/f' }] } });
});

test('without alias and search registry a short name does not resolve', () => {
  expect(candidates('', 'nginx')).toBe('short-name-unresolvable');
});

test('a name with a registry is no short name', () => {
  expect(['nginx', 'ns/app:1', 'localhost/app', 'q.io/a', 'UPPER'].map(isShortName)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
