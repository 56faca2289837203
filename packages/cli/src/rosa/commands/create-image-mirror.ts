import { createImageMirror } from '@pullpath/ocm-api/client';
import type { RosaCommand } from '../command-line.ts';
import { doing, RosaFailure } from '../failure.ts';
import { checkChangeable, findCluster } from '../find-cluster.ts';
import type { Session } from '../session.ts';
import { awsFlags, clusterFlag, typeFlag } from './shared-flags.ts';

export function createImageMirrorCommand(session: Session): RosaCommand {
  return {
    name: 'create image-mirror',
    aliases: ['image-mirrors'],
    description: 'Create image mirror for a cluster',
    flags: [
      clusterFlag,
      { name: 'source', description: 'Source registry, or repository, that is mirrored', isRequired: true },
      {
        name: 'mirrors',
        kind: 'list',
        description: 'Where the same content lies, tried in this order',
        isRequired: true,
      },
      typeFlag,
      ...awsFlags,
    ],
    run: async (values) => {
      const [client, key] = [await session.client(), values.text('cluster')];
      const cluster = await findCluster(client, key);
      checkChangeable(cluster, key, 'created');
      const mirrors = values.list('mirrors');
      checkMirrors(mirrors);
      const wanted = { source: values.text('source'), mirrors, type: values.text('type') };
      const {
        id,
        source,
        mirrors: made,
      } = await doing('Failed to create image mirror', () => createImageMirror(client, cluster.id, wanted));
      session.reporter.info(`Image mirror with ID '${id}' has been created on cluster '${key}'`);
      session.reporter.info(`Source: ${source}`);
      session.reporter.info(`Mirrors: [${made.join(' ')}]`);
      return 0;
    },
  };
}

export function checkMirrors(mirrors: readonly string[]): void {
  if (mirrors.length === 0) throw new RosaFailure('At least one mirror registry must be specified');
}
