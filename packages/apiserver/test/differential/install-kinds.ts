import { kinds, toCustomResourceDefinition } from '@pullpath/api';
import type { KubeApi } from '@pullpath/testkit';

/** Installs the kinds of room `api` that scripts use, as any client would, and waits until they are served. */
export async function installKinds(api: KubeApi): Promise<void> {
  for (const definition of kinds.filter(({ kind }) => used.has(kind))) {
    const body = JSON.stringify(toCustomResourceDefinition(definition));
    const headers = { 'content-type': 'application/json' };
    const { status, body: answer } = await api.request({ method: 'POST', path: definitions, headers, body });
    if (status !== 201) throw new Error(`${definition.kind}: ${status} ${answer.slice(0, 1000)}`);
    await served(api, `/apis/${definition.group}/${definition.version}/${definition.plural}`);
  }
}

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const used = new Set(['ImageDigestMirrorSet', 'ImageTagMirrorSet', 'Image', 'HostedCluster', 'NodePool']);

async function served(api: KubeApi, path: string): Promise<void> {
  while ((await api.request({ method: 'GET', path })).status !== 200) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
