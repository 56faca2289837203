import type { Cluster } from '@pullpath/ocm-api/client';
import { recordOf, textOf } from '@pullpath/ocm-api/client';
import type { Attribute } from '../../framework/schema.ts';
import type { ObjectValue } from '../../wire/values.ts';

/** What only the server knows of a cluster. */
export const clusterAnswers: Readonly<Record<string, Attribute>> = {
  id: { ...answer('Unique identifier of the cluster.'), keepsPrior: true },
  external_id: { ...answer('Unique external identifier of the cluster.'), keepsPrior: true },
  state: answer('State of the cluster.'),
  api_url: answer('URL of the API server.'),
  console_url: answer('URL of the console.'),
  domain: answer('DNS domain of the cluster.'),
  current_version: answer('The version of OpenShift that runs.'),
  ocm_properties: { ...answer('All properties, those of the server among them.'), type: ['map', 'string'] },
};

function answer(description: string): Attribute {
  return { description, mode: 'computed', type: 'string' };
}

/** Those attributes of a cluster as the server tells it; null where it does not. */
export function answersOf(cluster: Cluster): ObjectValue {
  const version = recordOf(cluster['version']);
  return {
    id: cluster.id,
    external_id: textOf(cluster.external_id) ?? null,
    state: cluster.state,
    api_url: textOf(recordOf(cluster['api'])['url']) ?? null,
    console_url: textOf(recordOf(cluster['console'])['url']) ?? null,
    domain: domainOf(cluster) ?? null,
    current_version: textOf(version['raw_id']) ?? textOf(cluster['openshift_version']) ?? null,
    ocm_properties: propertiesOf(cluster),
  };
}

/** The properties of a cluster, all as text. */
export function propertiesOf(cluster: Cluster): Readonly<Record<string, string>> {
  const properties = Object.entries(recordOf(cluster['properties']));
  return Object.fromEntries(properties.map(([name, value]) => [name, String(value)]));
}

function domainOf(cluster: Cluster): string | undefined {
  const base = textOf(recordOf(cluster['dns'])['base_domain']);
  const prefix = textOf(cluster['domain_prefix']) ?? cluster.name;
  return base === undefined ? undefined : `${prefix}.${base}`;
}
