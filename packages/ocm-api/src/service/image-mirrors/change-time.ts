import type { HostedCluster } from '../../hosted-clusters/objects.ts';

/** When a field of a HostedCluster's spec was last written, as its managed fields tell; else when the object was made. */
export function changeTimeOf({ metadata }: HostedCluster, field: string): string {
  const times = (metadata.managedFields ?? []).filter((entry) => owns(entry, field)).map(timeOf);
  return times.sort().at(-1) || (metadata.creationTimestamp ?? '1970-01-01T00:00:00Z');
}

interface ManagedFields {
  readonly time?: unknown;
  readonly fieldsV1?: { readonly 'f:spec'?: object };
}

function owns(entry: unknown, field: string): boolean {
  return `f:${field}` in ((entry as ManagedFields | null)?.fieldsV1?.['f:spec'] ?? {});
}

function timeOf(entry: unknown): string {
  const time = (entry as ManagedFields | null)?.time;
  return typeof time === 'string' ? time : '';
}
