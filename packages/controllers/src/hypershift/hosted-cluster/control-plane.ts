import { valueAt } from '@pullpath/api';
import { isNotFound, keyOf, objectKey, type Resource } from '@pullpath/kube-client';
import {
  coreIgnitionConfigs,
  hostedControlPlaneSpec,
  marks,
  mirrorConfigName,
  trustBundleName,
} from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { ownerReference } from '../../manager/owner.ts';
import { imageOverrides, imageOverridesAnnotation } from './image-overrides.ts';
import type { Mirrors } from './mirrors.ts';
import type { Environment } from './reconcile.ts';

const secrets: Resource<LiveObject> = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
const sshKeyAnnotation = 'pullpath.dev/ssh-key';

/** The namespace and the HostedControlPlane of a cluster; undefined while an earlier namespace of that name is still going. */
export async function ensureControlPlane(
  environment: Environment,
  cluster: LiveObject,
  namespace: string,
  { decision, held }: Mirrors,
): Promise<LiveObject | undefined> {
  const { views } = environment;
  const marked = { labels: { [marks.managed]: 'true' }, annotations: { [marks.cluster]: keyOf(cluster) } };
  if (views.namespaces.get(namespace)?.metadata.deletionTimestamp !== undefined) return undefined;
  await views.namespaces.ensure({ metadata: { name: namespace, ...marked } });
  const annotations = {
    ...marked.annotations,
    [imageOverridesAnnotation]: imageOverrides(environment.context, cluster),
  };
  return views.controlPlanes.ensure({
    metadata: { name: cluster.metadata.name, namespace, ...marked, annotations },
    spec: hostedControlPlaneSpec(located(cluster), decision, held !== undefined),
  });
}

/** What all NodePools of a cluster have in common: the core ConfigMaps, that of the mirrors only where there are rules. */
export async function ensureCoreConfigs(
  { context, views }: Environment,
  cluster: LiveObject,
  plane: LiveObject,
  { decision }: Mirrors,
): Promise<void> {
  const namespace = plane.metadata.namespace ?? '';
  const ssh = await sshKeyOf(context.management.client, views.configMaps.get(objectKey(sshConfig, namespace)), cluster);
  const configs = coreIgnitionConfigs({ cluster: located(cluster), sshKey: ssh.key }, decision);
  for (const { name, config, annotations } of configs) {
    if (name === sshConfig && ssh.isCurrent) continue;
    const source = name === sshConfig ? { [sshKeyAnnotation]: ssh.name } : {};
    await views.configMaps.ensure({
      metadata: {
        namespace,
        name,
        labels: { [marks.coreConfig]: 'true', [marks.managed]: 'true' },
        annotations: { ...annotations, ...source },
        ownerReferences: [ownerReference(plane)],
      },
      data: { config },
    });
  }
  const stale = views.configMaps.get(objectKey(mirrorConfigName, namespace));
  if (stale && !configs.some(({ name }) => name === mirrorConfigName)) await views.configMaps.remove(stale);
}

const sshConfig = 'ignition-config-worker-ssh';

interface SshKey {
  readonly name: string;
  readonly key?: string | undefined;
  /** The ConfigMap is made from this Secret already: its content, like that of the pull secret, rolls no nodes. */
  readonly isCurrent: boolean;
}

async function sshKeyOf(
  client: Environment['context']['management']['client'],
  config: LiveObject | undefined,
  cluster: LiveObject,
): Promise<SshKey> {
  const reference = valueAt(cluster, ['spec', 'sshKey', 'name']);
  const name = typeof reference === 'string' ? reference : '';
  if (config?.metadata.annotations?.[sshKeyAnnotation] === name) return { name, isCurrent: true };
  if (name === '') return { name, isCurrent: false };
  try {
    const secret = await client.get(secrets, { namespace: cluster.metadata.namespace, name });
    const encoded = valueAt(secret, ['data', 'id_rsa.pub']);
    const key = typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString() : undefined;
    return { name, key, isCurrent: false };
  } catch (error) {
    // The nodes get no key until the Secret is there and the name is set anew; everything else goes on.
    if (isNotFound(error)) return { name: '', isCurrent: config !== undefined };
    throw error;
  }
}

/** The trust bundle beside the control plane, under the name that everyone there knows. */
export async function ensureTrustBundle({ views }: Environment, cluster: LiveObject, plane: LiveObject): Promise<void> {
  const namespace = plane.metadata.namespace ?? '';
  const name = valueAt(cluster, ['spec', 'additionalTrustBundle', 'name']);
  const source =
    typeof name === 'string' ? views.configMaps.get(objectKey(name, cluster.metadata.namespace)) : undefined;
  if (!source) return;
  await views.configMaps.ensure({
    metadata: {
      namespace,
      name: trustBundleName,
      labels: { [marks.managed]: 'true' },
      ownerReferences: [ownerReference(plane)],
    },
    data: source['data'],
  });
}
