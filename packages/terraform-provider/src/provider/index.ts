import { clusterRosaHcpData } from '../data-sources/cluster-rosa-hcp.ts';
import { imageMirrors } from '../data-sources/image-mirrors.ts';
import type { Provider } from '../framework/resource.ts';
import type { Log } from '../plugin/log.ts';
import { clusterRosaHcp } from '../resources/cluster-rosa-hcp/index.ts';
import { imageMirror } from '../resources/image-mirror/index.ts';
import { imageMirrorSet } from '../resources/image-mirror-set/index.ts';
import { keepsToPublished } from './compatibility.ts';
import { type Connect, type Context, openContext, pendingContext } from './context.ts';
import { realmWarnings } from './realm-warning.ts';
import { providerSchema } from './schema.ts';
import { readSettings } from './settings.ts';

/** What the provider gets from the process that it runs in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly connect: Connect;
  readonly log: Log;
}

/** The provider `rhcs`. Configuring it sends nothing; the first operation connects. */
export function rhcsProvider({ env, connect, log }: Surroundings): Provider<Context> {
  const published = keepsToPublished(env);
  return {
    schema: providerSchema,
    resources: {
      rhcs_cluster_rosa_hcp: clusterRosaHcp,
      rhcs_image_mirror: imageMirror,
      rhcs_image_mirror_set: imageMirrorSet,
    },
    dataSources: { rhcs_cluster_rosa_hcp: clusterRosaHcpData, rhcs_image_mirrors: imageMirrors },
    configure: (config) => {
      const result = readSettings(config, env, published);
      if ('faults' in result) return { context: undefined, diagnostics: result.faults };
      if ('unknown' in result) return { context: pendingContext(result.unknown, published, log), diagnostics: [] };
      const diagnostics = published ? [] : realmWarnings(result.settings);
      return { context: openContext(result.settings, connect, published, log), diagnostics };
    },
  };
}
