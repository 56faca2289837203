import {
  createImageMirror,
  deleteImageMirror,
  type ImageMirror,
  listImageMirrors,
  type OcmClient,
  patchImageMirror,
} from '@pullpath/ocm-api/client';
import { readText } from '../../input/read-files.ts';
import type { RosaCommand } from '../command-line.ts';
import { doing } from '../failure.ts';
import { checkChangeable, findCluster } from '../find-cluster.ts';
import { readMirrorsFile, type WantedMirror } from '../mirrors-file.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import type { Session } from '../session.ts';
import { clusterFlag } from './shared-flags.ts';

export function applyCommand(session: Session): RosaCommand {
  return {
    name: 'apply',
    description: 'Make the image mirrors of a cluster what a file says, by source (our addition)',
    flags: [
      clusterFlag,
      {
        name: 'filename',
        short: 'f',
        description: 'YAML with source and mirrors; - is standard input',
        isRequired: true,
      },
      { name: 'prune', kind: 'switch', description: 'Delete mirrors that the file does not name' },
      { name: 'dry-run', kind: 'switch', description: 'Only tell what would be done' },
    ],
    run: async (values) => {
      const file = values.text('filename');
      const wanted = readMirrorsFile(readText(file), file);
      const [client, key] = [await session.client(), values.text('cluster')];
      const cluster = await findCluster(client, key);
      checkChangeable(cluster, key, 'edited');
      const found = await doing('failed to list image mirrors', () => listImageMirrors(client, cluster.id));
      for (const step of stepsTo(wanted, found, values.isOn('prune'))) {
        const done = values.isOn('dry-run') ? `would be ${step.verb}` : step.verb;
        if (!values.isOn('dry-run'))
          await doing(`Failed to apply image mirror of '${step.source}'`, () => carryOut(client, cluster.id, step));
        session.reporter.info(`Image mirror of '${step.source}' ${done}`);
      }
      return 0;
    },
  };
}

type Step =
  | { readonly verb: 'created'; readonly source: string; readonly wanted: WantedMirror }
  | { readonly verb: 'updated'; readonly source: string; readonly id: string; readonly wanted: WantedMirror }
  | { readonly verb: 'unchanged'; readonly source: string }
  | { readonly verb: 'deleted'; readonly source: string; readonly id: string };

/** What makes the mirrors that were found those that are wanted; sources in the order of the file, then what goes. */
function stepsTo(wanted: readonly WantedMirror[], found: readonly ImageMirror[], prune: boolean): readonly Step[] {
  const bySource = new Map(found.map((mirror) => [mirror.source, mirror]));
  const named = new Set(wanted.map(({ source }) => source));
  const gone = prune ? found.filter(({ source }) => !named.has(source)) : [];
  return [
    ...wanted.map((mirror) => stepTo(mirror, bySource.get(mirror.source))),
    ...gone.map(({ id, source }) => ({ verb: 'deleted', source, id }) as const),
  ];
}

function stepTo(wanted: WantedMirror, found: ImageMirror | undefined): Step {
  const { source } = wanted;
  if (found === undefined) return { verb: 'created', source, wanted };
  const isSame = found.type === wanted.type && JSON.stringify(found.mirrors) === JSON.stringify(wanted.mirrors);
  return isSame ? { verb: 'unchanged', source } : { verb: 'updated', source, id: found.id, wanted };
}

async function carryOut(client: OcmClient, cluster: string, step: Step): Promise<void> {
  if (step.verb === 'created') await retryConflicts(() => createImageMirror(client, cluster, step.wanted));
  if (step.verb === 'deleted') await retryConflicts(() => deleteImageMirror(client, cluster, step.id));
  if (step.verb !== 'updated') return;
  const { mirrors, type } = step.wanted;
  await retryConflicts(() => patchImageMirror(client, cluster, step.id, { mirrors, type }));
}
