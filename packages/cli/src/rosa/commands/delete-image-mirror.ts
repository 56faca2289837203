import { deleteImageMirror, getImageMirror } from '@pullpath/ocm-api/client';
import type { RosaCommand } from '../command-line.ts';
import { doing } from '../failure.ts';
import { checkChangeable, findCluster } from '../find-cluster.ts';
import type { Session } from '../session.ts';
import { mirrorIdOf } from './edit-image-mirror.ts';
import { awsFlags, clusterFlag, mirrorIdFlag, yesFlag } from './shared-flags.ts';

export function deleteImageMirrorCommand(session: Session): RosaCommand {
  return {
    name: 'delete image-mirror',
    aliases: ['image-mirrors'],
    description: 'Delete image mirror from a cluster',
    flags: [clusterFlag, mirrorIdFlag, yesFlag, ...awsFlags],
    mostWords: 1,
    run: async (values, words) => {
      const id = mirrorIdOf(values, words);
      const [client, key] = [await session.client(), values.text('cluster')];
      const cluster = await findCluster(client, key);
      checkChangeable(cluster, key, 'deleted');
      await doing(`Failed to get image mirror '${id}'`, () => getImageMirror(client, cluster.id, id));
      const question = `Are you sure you want to delete image mirror '${id}' on cluster '${key}'?`;
      if (!values.isOn('yes') && !(await session.confirm(question))) return 0;
      await doing('Failed to delete image mirror', () => deleteImageMirror(client, cluster.id, id));
      session.reporter.info(`Image mirror '${id}' has been deleted from cluster '${key}'`);
      return 0;
    },
  };
}
