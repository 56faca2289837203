import { loadManifests } from '@pullpath/api';
import { manifestsText, seeded } from '@pullpath/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Dialect,
  type GoJson,
  goJsonIndented,
  listScopes,
  loadRegistriesConf,
  type NodeFile,
  readRegistriesConf,
  renderScope,
  writeRegistriesConf,
} from '../../src/index.ts';

const manifests = fc.integer({ min: 0, max: 2 ** 31 }).map((seed) => manifestsText(seeded(seed)));
const dialects: readonly Dialect[] = ['4.12', '4.13', '4.19'];

describe.each(dialects)('in the dialect of %s', (dialect) => {
  test('a rendered registries.conf that is read and rendered again is the same text', () => {
    fc.assert(
      fc.property(manifests, (text) => {
        for (const { path, contents } of confFiles(text, dialect)) {
          const { value, diagnostics } = readRegistriesConf({ file: path, text: contents });
          expect(diagnostics).toEqual([]);
          expect(value && writeRegistriesConf(value, dialect)).toBe(contents);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('what nodes make of a rendered registries.conf is what was compiled', () => {
    fc.assert(
      fc.property(manifests, (text) => {
        for (const { path, contents } of confFiles(text, dialect)) {
          const { value } = loadRegistriesConf({ file: path, text: contents }, []);
          if (!value) continue;
          const again = loadRegistriesConf({ file: path, text: writeRegistriesConf(value, dialect) }, []);
          expect(again.value && writeRegistriesConf(again.value, dialect)).toBe(writeRegistriesConf(value, dialect));
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('a rendered policy.json that is read and rendered again is the same text', () => {
  fc.assert(
    fc.property(manifests, (text) => {
      const policies = nodeFiles(text, '4.19').filter(({ path }) => path === '/etc/containers/policy.json');
      // The base file has its own layout, which no program writes.
      for (const { contents } of policies.filter((file) => !isBase(file)))
        expect(goJsonIndented(JSON.parse(contents) as GoJson)).toBe(contents);
    }),
    { numRuns: 200 },
  );
});

function isBase({ contents }: NodeFile): boolean {
  return contents.startsWith('{\n    ');
}

function confFiles(text: string, dialect: Dialect): readonly NodeFile[] {
  return nodeFiles(text, dialect).filter(({ path }) => path === '/etc/containers/registries.conf');
}

/** What the rules give, not the base files, which no dialect is the text of. */
function nodeFiles(text: string, dialect: Dialect): readonly NodeFile[] {
  const { objects } = loadManifests([{ file: 'in.yaml', text }]);
  return listScopes(objects).flatMap((scope) => renderScope(objects, scope, { dialect }).files);
}
