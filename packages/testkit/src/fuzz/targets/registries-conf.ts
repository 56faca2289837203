import {
  loadRegistriesConf,
  prepareResolver,
  type RegistriesConf,
  readRegistriesConf,
  resolvePull,
  writeRegistriesConf,
} from '@pullpath/pull-config';
import { mutated } from '../mutate.ts';
import { location, nameTokens, reference, scope } from '../names.ts';
import type { Random } from '../random.ts';
import { expectThat, type FuzzTarget } from '../target.ts';

/** registries.conf of both versions: loading never throws, and what was loaded is read back from its own text. */
export const registriesConf: FuzzTarget = {
  name: 'registries-conf',
  generate: (random) => mutated(random, confText(random), [...tokens, ...nameTokens]),
  check(input) {
    const { value, diagnostics } = loadRegistriesConf({ file: 'registries.conf', text: input }, []);
    const refused = diagnostics.some(({ severity }) => severity === 'error');
    expectThat(refused === (value === undefined), 'a configuration is refused for a reason');
    readRegistriesConf({ file: 'registries.conf', text: input });
    if (value) usable(value);
  },
};

function usable(conf: RegistriesConf): void {
  const resolver = prepareResolver(conf);
  const names = conf.registries.flatMap(({ prefix, location: place }) => [prefix, place]);
  for (const image of [...names.slice(0, 4), 'quay.io/ns/app:v1', 'nginx']) resolvePull(resolver, image);
  const written = writeRegistriesConf(conf, '4.19');
  const { value } = readRegistriesConf({ file: 'written', text: written });
  expectThat(value !== undefined && writeRegistriesConf(value, '4.19') === written, 'what is written is read back');
}

const tokens = [
  '[[registry]]\n',
  '[[registry.mirror]]\n',
  '[registry]\n',
  '[aliases]\n',
  '[registries.search]\n',
  'registries = ["a"]\n',
  'location = ',
  'prefix = ',
  'insecure = true\n',
  'blocked = "x"\n',
  'pull-from-mirror = "tag-only"\n',
  'short-name-mode = "enforcing"\n',
  'unqualified-search-registries = []\n',
  '"""',
  "'''",
  '\\u00e4',
  '= ',
  '{ a = 1 }',
  '[',
  ']',
  ', ',
  '# ',
  '1979-05-27T07:32:00Z',
  '0x1f',
  'inf',
  'a.b.c = 1\n',
];

function confText(random: Random): string {
  const head = random.oneIn(3)
    ? `unqualified-search-registries = [${random.times(2, () => quoted(location(random))).join(', ')}]\n`
    : '';
  const mode = random.oneIn(6) ? `short-name-mode = ${quoted(random.pick(['enforcing', 'disabled', 'odd']))}\n` : '';
  const aliases = random.oneIn(6) ? `[aliases]\n${quoted('nginx')} = ${quoted(reference(random))}\n` : '';
  const version1 = random.oneIn(20) ? `[registries.insecure]\nregistries = [${quoted(location(random))}]\n` : '';
  return head + mode + version1 + random.times(4, () => registryText(random)).join('') + aliases;
}

function registryText(random: Random): string {
  const prefix = random.oneIn(2) ? `  prefix = ${quoted(scope(random))}\n` : '';
  const place = random.oneIn(6) ? '' : `  location = ${quoted(location(random))}\n`;
  const flags = random.oneIn(4) ? `  ${random.pick(['insecure', 'blocked', 'mirror-by-digest-only'])} = true\n` : '';
  return `[[registry]]\n${prefix}${place}${flags}${random.times(3, () => mirrorText(random)).join('')}`;
}

function mirrorText(random: Random): string {
  const only = random.oneIn(2)
    ? `    pull-from-mirror = ${quoted(random.pick(['all', 'digest-only', 'tag-only', 'x']))}\n`
    : '';
  return `  [[registry.mirror]]\n    location = ${quoted(location(random))}\n${only}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
