import { DefinitionController } from '../crds/controller.ts';
import { Catalog, type ServedIndex } from '../resources/catalog.ts';
import type { Rest } from '../rest/rest.ts';

/** One isolated API: its own objects, and what it serves. */
export interface LogicalCluster {
  readonly name: string;
  readonly catalog: Catalog;
  readonly stop: () => void;
}

/** Starts serving a cluster; until it has definitions of its own, it shares everything with the others. */
export function startCluster(
  name: string,
  base: ServedIndex,
  rest: Rest,
  options: { readonly now: () => Date; readonly report: (error: unknown) => void },
): LogicalCluster {
  const catalog = new Catalog(base);
  const controller = new DefinitionController({ rest, cluster: name, catalog, ...options });
  controller.start();
  return { name, catalog, stop: () => controller.stop() };
}
