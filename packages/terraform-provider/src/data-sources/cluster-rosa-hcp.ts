import { getCluster, listOf, recordOf, textOf } from '@pullpath/ocm-api/client';
import { Failure } from '../framework/diagnostic.ts';
import type { Call, DataSource } from '../framework/resource.ts';
import type { Attribute } from '../framework/schema.ts';
import type { Context } from '../provider/context.ts';
import { reasonOf } from '../provider/reason.ts';
import { answersOf, clusterAnswers, propertiesOf } from '../resources/cluster-rosa-hcp/computed-attributes.ts';
import { registryConfigRead } from '../resources/cluster-rosa-hcp/registry-config.ts';
import { registryConfigAttribute } from '../resources/cluster-rosa-hcp/registry-config-schema.ts';
import { type ObjectValue, textAt } from '../wire/values.ts';

const { id: _, ...answers } = clusterAnswers;

/** `rhcs_cluster_rosa_hcp`: a hosted cluster that exists. */
export const clusterRosaHcpData: DataSource<Context> = {
  schema: {
    version: 0,
    description: 'A ROSA HCP cluster that exists.',
    attributes: {
      id: { description: 'Unique identifier of the cluster.', mode: 'required', type: 'string' },
      name: computed('Name of the cluster.'),
      cloud_region: computed('Region of the cluster.'),
      availability_zones: { ...computed('Availability zones of the nodes.'), type: ['list', 'string'] },
      replicas: { ...computed('Nodes of the first node pools.'), type: 'number' },
      properties: { ...computed('All properties.'), type: ['map', 'string'] },
      registry_config: { ...registryConfigAttribute, mode: 'computed' },
      ...answers,
    },
  },
  read: readCluster,
};

function computed(description: string): Attribute {
  return { description, mode: 'computed', type: 'string' };
}

async function readCluster(config: ObjectValue, { context, signal }: Call<Context>): Promise<ObjectValue> {
  const [client, id] = [context.client(), textAt(config, 'id')];
  try {
    const cluster = await getCluster(client, id, { signal });
    const nodes = recordOf(cluster['nodes']);
    return {
      ...answersOf(cluster),
      id: id,
      name: cluster.name,
      cloud_region: textOf(recordOf(cluster['region'])['id']) ?? null,
      availability_zones: listOf(nodes['availability_zones']).map(String),
      replicas: typeof nodes['compute'] === 'number' ? nodes['compute'] : null,
      properties: propertiesOf(cluster),
      registry_config: registryConfigRead(null, cluster.registry_config),
    };
  } catch (cause) {
    throw new Failure("Can't find cluster", `Can't find cluster with identifier '${id}': ${reasonOf(cause)}`, {
      cause,
    });
  }
}
