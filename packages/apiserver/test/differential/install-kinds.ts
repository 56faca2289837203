import { kinds, toCustomResourceDefinition } from '@pullpath/api';
import type { KubeAnswer, KubeApi } from '@pullpath/testkit';

/** Installs the kinds of room `api` that scripts use, as any client would, and waits until every document shows them. */
export async function installKinds(api: KubeApi): Promise<void> {
  for (const definition of kinds.filter(({ kind }) => used.has(kind))) {
    const body = JSON.stringify(toCustomResourceDefinition(definition));
    const headers = { 'content-type': 'application/json' };
    const { status, body: answer } = await api.request({ method: 'POST', path: definitions, headers, body });
    if (status !== 201) throw new Error(`${definition.kind}: ${status} ${answer.slice(0, 1000)}`);
    const { group, version, plural } = definition;
    await until(api, `/apis/${group}/${version}/${plural}`, ({ status }) => status === 200);
    await until(api, '/apis', ({ body: document }) => document.includes(`"resource":"${plural}"`), aggregated);
    await until(api, `/openapi/v3/apis/${group}/${version}`, ({ body: document }) =>
      document.includes(`/${plural}/{name}`),
    );
  }
}

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const used = new Set(['ImageDigestMirrorSet', 'ImageTagMirrorSet', 'Image', 'HostedCluster', 'NodePool']);

const aggregated = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };

/** Discovery and OpenAPI of the real server follow a definition by some moments. */
async function until(
  api: KubeApi,
  path: string,
  holds: (answer: KubeAnswer) => boolean,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds(await api.request({ method: 'GET', path, headers }))) {
    if (Date.now() > deadline) throw new Error(`${path} does not show a new kind`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
