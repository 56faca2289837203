import { type Oracle, oracleOrSkip, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { type K3sRequest, k3sRoutes, renderRuntime } from '../../src/runtimes/index.ts';
import { generateRegistriesYaml, images } from './generated-registries-yaml.ts';
import { generateReferences, generateTables } from './generated-tables.ts';
import { seeded } from './random.ts';

const path = '/etc/rancher/k3s/registries.yaml';

test('the library of k3s asks 2,000 rendered files as we do', { timeout: 300_000 }, async (context) => {
  await withOracle(oracleOrSkip(context, 'k3s-registries'), async (oracle) => {
    for (let seed = 0; seed < 2_000; seed++) {
      const random = seeded(seed);
      const file = renderRuntime('k3s', generateTables(random)).files.find((one) => one.path === path);
      await compare(oracle, file?.contents ?? '', generateReferences(random, 4).filter(isRemote), seed);
    }
  });
});

test('the library of k3s asks 2,000 files written by hand, faults and all, as we do', {
  timeout: 300_000,
}, async (context) => {
  await withOracle(oracleOrSkip(context, 'k3s-registries'), async (oracle) => {
    for (let seed = 0; seed < 2_000; seed++) await compare(oracle, generateRegistriesYaml(seeded(seed)), images, seed);
  });
});

async function withOracle(program: string, use: (oracle: Oracle) => Promise<void>): Promise<void> {
  const oracle = startOracle(program);
  try {
    await use(oracle);
  } finally {
    oracle.close();
  }
}

async function compare(oracle: Oracle, text: string, refs: readonly string[], seed: number): Promise<void> {
  const { requests } = k3sRoutes([{ path, mode: 0o600, contents: text }]);
  for (const image of refs) {
    const answer = (await oracle.ask({ registries: text, image })) as { attempts?: string[]; error?: string };
    const ours = requests(image).map((request) => urlOf(request, image));
    expect(ours, `seed ${seed} ${image} ${answer.error ?? ''}\n${text}`).toEqual(answer.attempts ?? []);
  }
}

/** What the library sends: the namespace tells a proxy which registry is meant. */
function urlOf({ endpoint, repository }: K3sRequest, image: string): string {
  const object = image.includes('@')
    ? image.slice(image.indexOf('@') + 1)
    : (/:([^:/]+)$/.exec(image)?.[1] ?? 'latest');
  const registry = image.includes('/') ? image.slice(0, image.indexOf('/')) : 'docker.io';
  const own = endpoint.host === registry || (registry === 'docker.io' && endpoint.host === 'index.docker.io');
  const query = own ? '' : `?ns=${encodeURIComponent(registry)}`;
  return `${endpoint.scheme}://${endpoint.host}${endpoint.path}/${repository}/manifests/${object}${query}`;
}

// The recording proxy does not see what goes to this machine.
function isRemote(image: string): boolean {
  return !image.startsWith('localhost');
}
