import type { Cluster } from '@pullpath/ocm-api/client';
import { isObject, type ObjectValue, type Value } from '../../wire/values.ts';
import { answersOf, propertiesOf } from './computed-attributes.ts';
import { registryConfigRead } from './registry-config.ts';

/** The state after a write: what was planned, and what the server says that nobody configures. */
export function clusterWritten(planned: ObjectValue, cluster: Cluster): ObjectValue {
  return { ...planned, ...answersOf(cluster) };
}

/** The state after a read: what the server tells replaces what was known; what it does not tell (AWS) stays. */
export function clusterRead(before: ObjectValue, cluster: Cluster): ObjectValue {
  return {
    ...before,
    ...answersOf(cluster),
    name: cluster.name,
    properties: ownProperties(before['properties'], propertiesOf(cluster)),
    registry_config: registryConfigRead(before['registry_config'], cluster.registry_config),
  };
}

// The server adds properties of its own; only configured ones are watched.
function ownProperties(before: Value | undefined, told: Readonly<Record<string, string>>): Value {
  if (!isObject(before)) return null;
  return Object.fromEntries(Object.entries(told).filter(([name]) => Object.hasOwn(before, name)));
}
