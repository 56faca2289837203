import { type KindDefinition, toCustomResourceDefinition } from '@pullpath/api';
import { customResources } from '../crds/custom-resource.ts';
import { customResourceDefinitions } from '../crds/definition.ts';
import { rootCluster } from '../http/request-info.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { jsonEqual } from '../rest/equal.ts';
import { metadataOf } from '../rest/metadata.ts';
import type { Rest } from '../rest/rest.ts';
import type { StoredObject } from '../store/record.ts';

/** Kinds as CustomResourceDefinitions, defaults filled in. */
export function definitionsOf(kinds: readonly KindDefinition[]): StoredObject[] {
  return kinds.map((kind) => customResourceDefinitions.decode(toCustomResourceDefinition(kind)));
}

/** What those definitions serve. */
export function servedBy(definitions: readonly StoredObject[]): ResourceDefinition[] {
  return definitions.flatMap(customResources);
}

/** Stores the definitions in the root cluster; one that is there already gets the specification of this release. */
export async function installDefinitions(rest: Rest, definitions: readonly StoredObject[]): Promise<void> {
  const options = { manager: 'pullpath', dryRun: false, subresource: '' };
  for (const definition of definitions) {
    const address = { cluster: rootCluster, namespace: '', name: metadataOf(definition).name ?? '' };
    await rest.mutate(customResourceDefinitions, address, options, (old) => ({
      object: old ? withSpec(old, definition) : definition,
      tracked: false,
    }));
  }
}

function withSpec(old: StoredObject, { spec }: StoredObject): StoredObject {
  return jsonEqual(old['spec'], spec) ? old : { ...old, spec };
}
