import { getImageMirrorPage, type ImageMirror } from '@pullpath/ocm-api/client';
import { stringify } from 'yaml';
import type { RosaCommand } from '../command-line.ts';
import { doing, RosaFailure } from '../failure.ts';
import { findCluster } from '../find-cluster.ts';
import type { Session } from '../session.ts';
import { tableText } from '../table.ts';
import { awsFlags, clusterFlag, outputFlag } from './shared-flags.ts';

export function listImageMirrorsCommand(session: Session): RosaCommand {
  return {
    name: 'list image-mirrors',
    aliases: ['image-mirror'],
    description: 'List cluster image mirrors',
    flags: [clusterFlag, outputFlag, ...awsFlags],
    run: async (values) => {
      const output = values.text('output');
      checkOutput(output);
      const [client, key] = [await session.client(), values.text('cluster')];
      const { id } = await findCluster(client, key);
      const { items } = await doing('failed to list image mirrors', () =>
        getImageMirrorPage(client, id, { page: 1, size: -1 }),
      );
      if (output !== '') session.print(structuredText(items, output));
      else if (items.length === 0) session.reporter.info(`No image mirrors found for cluster '${key}'`);
      else session.print(tableText(['ID', 'TYPE', 'SOURCE', 'MIRRORS'], items.map(rowOf)));
      return 0;
    },
  };
}

function checkOutput(output: string): void {
  if (!['', 'json', 'yaml'].includes(output))
    throw new RosaFailure(`unknown format '${output}'. Valid formats are [json yaml]`);
}

function rowOf({ id, type, source, mirrors }: ImageMirror): readonly string[] {
  return [id, type, source, mirrors.join(', ')];
}

function structuredText(items: readonly ImageMirror[], output: string): string {
  if (output === 'json') return `${JSON.stringify(items.map(inSdkOrder), null, 2)}\n`;
  return stringify(items, { sortMapEntries: true, indentSeq: false, lineWidth: 0 });
}

// The published SDK writes members in this order.
function inSdkOrder({
  kind,
  id,
  href,
  creation_timestamp,
  last_update_timestamp,
  mirrors,
  source,
  type,
}: ImageMirror): object {
  return { kind, id, href, creation_timestamp, last_update_timestamp, mirrors, source, type };
}
