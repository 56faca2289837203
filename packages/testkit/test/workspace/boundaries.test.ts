import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const packages = join(import.meta.dirname, '../../..');

/** DESIGN 2: an arrow is "may import", nothing points up. `external` names the npm packages of a room. */
const table: Record<string, { pure: boolean; rooms: string[]; external: string[] }> = {
  oci: { pure: true, rooms: [], external: [] },
  diagnostics: { pure: true, rooms: [], external: [] },
  api: { pure: true, rooms: ['oci', 'diagnostics'], external: ['yaml'] },
  'pull-config': { pure: true, rooms: ['api', 'oci', 'diagnostics'], external: ['smol-toml', 'yaml'] },
  'registry-client': { pure: false, rooms: ['oci', 'diagnostics'], external: ['undici'] },
  'kube-client': { pure: false, rooms: ['diagnostics'], external: ['undici', '@kubernetes/client-node'] },
  apiserver: { pure: false, rooms: ['api', 'diagnostics'], external: ['@peculiar/x509', 'reflect-metadata'] },
  'node-agent': {
    pure: false,
    rooms: ['pull-config', 'kube-client', 'api', 'oci', 'diagnostics'],
    external: [],
  },
  controllers: {
    pure: false,
    rooms: ['pull-config', 'kube-client', 'api', 'oci', 'diagnostics'],
    external: [],
  },
  'ocm-api': { pure: false, rooms: ['api', 'kube-client', 'diagnostics'], external: [] },
  'terraform-provider': { pure: false, rooms: ['oci', 'diagnostics', 'ocm-api'], external: ['@msgpack/msgpack'] },
  testkit: {
    pure: false,
    rooms: [
      'oci',
      'diagnostics',
      'api',
      'pull-config',
      'registry-client',
      'kube-client',
      'apiserver',
      'ocm-api',
      'terraform-provider',
    ],
    external: [],
  },
  cli: {
    pure: false,
    rooms: [
      'oci',
      'diagnostics',
      'api',
      'pull-config',
      'registry-client',
      'kube-client',
      'apiserver',
      'node-agent',
      'ocm-api',
      'terraform-provider',
      'controllers',
    ],
    external: ['commander', 'yaml'],
  },
};

test('every package is in the dependency table', () => {
  expect(readdirSync(packages).sort()).toEqual(Object.keys(table).sort());
});

test.each(Object.keys(table))('room %s imports only what the table allows', (room) => {
  expect(
    importsOf(room)
      .filter(({ specifier }) => !isAllowed(room, specifier))
      .map(pathOfOffence),
  ).toEqual([]);
});

function isAllowed(room: string, specifier: string): boolean {
  const { pure, rooms, external } = table[room]!;
  if (specifier.startsWith('.')) return specifier.endsWith('.ts') && !specifier.includes('packages/');
  if (specifier.startsWith('node:') || builtinModules.includes(specifier))
    return !pure && specifier.startsWith('node:');
  if (specifier.startsWith('@pullpath/')) return rooms.includes(specifier.slice('@pullpath/'.length).split('/')[0]!);
  return external.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function importsOf(room: string): Import[] {
  const source = join(packages, room, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.sort().flatMap((name) =>
    specifiersOf(readFileSync(join(source, name), 'utf8')).map((specifier) => ({
      file: `packages/${room}/src/${name}`,
      specifier,
    })),
  );
}

function specifiersOf(text: string): string[] {
  const statements =
    /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(statements)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

function pathOfOffence({ file, specifier }: Import): string {
  return `${file} -> ${specifier}`;
}
