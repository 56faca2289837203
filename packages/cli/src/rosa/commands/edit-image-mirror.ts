import { patchImageMirror } from '@pullpath/ocm-api/client';
import type { FlagValues, RosaCommand } from '../command-line.ts';
import { doing, RosaFailure } from '../failure.ts';
import { checkChangeable, findCluster } from '../find-cluster.ts';
import type { Session } from '../session.ts';
import { checkMirrors } from './create-image-mirror.ts';
import { awsFlags, clusterFlag, mirrorIdFlag, typeFlag } from './shared-flags.ts';

export function editImageMirrorCommand(session: Session): RosaCommand {
  return {
    name: 'edit image-mirror',
    aliases: ['image-mirrors'],
    description: 'Edit image mirror for a cluster',
    flags: [
      clusterFlag,
      mirrorIdFlag,
      {
        name: 'mirrors',
        kind: 'list',
        description: 'Where the same content lies; replaces what was there',
        isRequired: true,
      },
      typeFlag,
      ...awsFlags,
    ],
    mostWords: 1,
    run: async (values, words) => {
      const id = mirrorIdOf(values, words);
      const [client, key] = [await session.client(), values.text('cluster')];
      const cluster = await findCluster(client, key);
      checkChangeable(cluster, key, 'edited');
      const change = { mirrors: values.list('mirrors'), type: values.text('type') };
      checkMirrors(change.mirrors);
      const edited = await doing('Failed to edit image mirror', () => patchImageMirror(client, cluster.id, id, change));
      session.reporter.info(`Image mirror '${edited.id}' has been updated on cluster '${key}'`);
      session.reporter.info(`Source: ${edited.source}`);
      session.reporter.info(`Updated mirrors: [${edited.mirrors.join(' ')}]`);
      return 0;
    },
  };
}

/** The id of the flag, else the word. */
export function mirrorIdOf(values: FlagValues, words: readonly string[]): string {
  const id = values.isGiven('id') ? values.text('id') : (words[0] ?? '');
  if (id === '') throw new RosaFailure('Image mirror ID is required. Specify it as an argument or use the --id flag');
  return id;
}
