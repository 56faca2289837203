import { hostedClusters } from '@pullpath/ocm-api';
import { connectOcm, createImageMirror, type OcmClient } from '@pullpath/ocm-api/client';
import { startOcmServer, type TestOcmServer } from '@pullpath/testkit';
import type { Bench, BenchLine } from './bench.ts';

const [clusters, sources, parallel] = [50, 20, 10];

/** Image mirrors through the OCM API against the patches of HostedClusters that they are, on the same API server. */
export const ocmApi: Bench = {
  name: 'ocm-api',
  async run() {
    const server = await startOcmServer();
    const client = connectOcm({ url: server.url, trustedCas: server.authority, tokens: [server.token] });
    try {
      await createClusters(server, 'peer');
      await createClusters(server, 'api');
      const patches = await perSecond(patchesOf(server));
      const mirrors = await perSecond(createsOf(client));
      return [line(mirrors, patches)];
    } finally {
      client.close();
      await server.close();
    }
  },
};

async function createClusters(server: TestOcmServer, kind: string): Promise<void> {
  for (let at = 0; at < clusters; at++) {
    const name = `${kind}-${at}`;
    await server.createCluster({ id: name, name, ready: true, annotations: {}, imageContentSources: [] });
  }
}

type Work = () => Promise<unknown>;

function createsOf(client: OcmClient): Work[] {
  return everyMirror(
    (at, of) => () => createImageMirror(client, `api-${at}`, { source: `s.io/${of}`, mirrors: ['m.io/x'] }),
  );
}

/** The list grows as it does through the API, but nothing is read, checked or kept beside it. */
function patchesOf({ client }: TestOcmServer): Work[] {
  return everyMirror((at, of) => () => {
    const list = Array.from({ length: of + 1 }, (_, index) => ({ source: `s.io/${index}`, mirrors: ['m.io/x'] }));
    const place = { namespace: 'clusters', name: `peer-${at}` };
    return client.patch(hostedClusters, place, 'merge', { spec: { imageContentSources: list } });
  });
}

// One after another of the clusters, so that those under way are of different ones.
function everyMirror(work: (cluster: number, source: number) => Work): Work[] {
  return Array.from({ length: clusters * sources }, (_, at) => work(at % clusters, Math.floor(at / clusters)));
}

async function perSecond(works: Work[]): Promise<number> {
  const [count, start] = [works.length, performance.now()];
  const next = works.values();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const work of next) await work();
    }),
  );
  return (count * 1000) / (performance.now() - start);
}

function line(mirrors: number, patches: number): BenchLine {
  return {
    what: `OCM API: ${clusters} x ${sources} image mirrors, ${parallel} at a time`,
    value: mirrors,
    unit: '/s',
    peer: { name: 'bare patches of HostedClusters', value: patches },
    goal: { of: 'ratio', at: 'least', limit: 0.2 },
  };
}
