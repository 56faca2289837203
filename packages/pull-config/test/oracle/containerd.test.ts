import { type Oracle, oracleOrSkip, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { containerdRoutes, renderRuntime } from '../../src/runtimes/index.ts';
import { generateCertsTree, registries } from './generated-certs-tree.ts';
import { generateTables } from './generated-tables.ts';
import { seeded } from './random.ts';

const root = '/etc/containerd/certs.d';

interface OracleHost {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly capabilities: readonly string[];
  readonly skipVerify: boolean;
  readonly plainFallback: boolean;
}

test('containerd reads 2,000 rendered trees as we do', { timeout: 300_000 }, async (context) => {
  await withOracle(oracleOrSkip(context, 'containerd-hosts'), async (oracle) => {
    for (let seed = 0; seed < 2_000; seed++) {
      const { files } = renderRuntime('containerd', generateTables(seeded(seed)));
      const tree = Object.fromEntries(files.map(({ path, contents }) => [path.slice(root.length + 1), contents]));
      await compare(
        oracle,
        tree,
        ['quay.io', 'docker.io', 'a.example.com', 'b.example.com:5000', 'localhost:5000'],
        seed,
      );
    }
  });
});

test('containerd reads 3,000 trees written by hand, faults and all, as we do', {
  timeout: 300_000,
}, async (context) => {
  await withOracle(oracleOrSkip(context, 'containerd-hosts'), async (oracle) => {
    for (let seed = 0; seed < 3_000; seed++) await compare(oracle, generateCertsTree(seeded(seed)), registries, seed);
  });
});

async function withOracle(path: string, use: (oracle: Oracle) => Promise<void>): Promise<void> {
  const oracle = startOracle(path);
  try {
    await use(oracle);
  } finally {
    oracle.close();
  }
}

async function compare(
  oracle: Oracle,
  tree: Record<string, string>,
  hosts: readonly string[],
  seed: number,
): Promise<void> {
  const files = Object.entries(tree).map(([path, contents]) => ({ path: `${root}/${path}`, mode: 0o644, contents }));
  const { hosts: hostsOf } = containerdRoutes(files);
  for (const host of hosts) {
    const answer = (await oracle.ask({ tree, host })) as { hosts?: OracleHost[]; error?: string };
    const ours = hostsOf(host).hosts.map(({ capabilities, ...one }) => ({
      ...one,
      capabilities: [...capabilities].sort(),
    }));
    expect(ours.map(comparable), `seed ${seed} ${host}\n${JSON.stringify(tree, null, 1)}`).toEqual(
      (answer.hosts ?? []).map(comparable),
    );
  }
}

/** Behind the HTTP fallback the library hides whether certificates are verified. */
function comparable({ plainFallback, skipVerify, capabilities, ...rest }: OracleHost): unknown {
  return {
    ...rest,
    plainFallback,
    skipVerify: plainFallback ? undefined : skipVerify,
    capabilities: [...capabilities].sort(),
  };
}
