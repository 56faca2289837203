import type { KubeObject } from '@pullpath/api';
import { goDuration } from './duration.ts';
import type { FlagValues } from './flag-values.ts';
import type { PlatformParts } from './platform.ts';

/** The NodePools of a platform; none when fewer than 0 replicas are asked for. */
export function nodePoolObjects(flags: FlagValues, platform: PlatformParts): readonly KubeObject[] {
  const replicas = flags.number('node-pool-replicas') ?? 0;
  if (replicas < 0) return [];
  const config = flags.list('node-pool-config').map((name) => ({ name }));
  return platform.nodePools.map(({ suffix = '', platform: poolPlatform }) => ({
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'NodePool',
    metadata: {
      name: suffix === '' ? flags.text('name') : `${flags.text('name')}-${suffix}`,
      namespace: flags.text('namespace'),
    },
    spec: {
      arch: flags.text('arch'),
      clusterName: flags.text('name'),
      config: config.length > 0 ? config : undefined,
      management: {
        autoRepair: flags.isOn('auto-repair'),
        upgradeType: flags.text('node-upgrade-type') || platform.upgradeType,
      },
      nodeDrainTimeout: goDuration(flags.text('node-drain-timeout')),
      nodeVolumeDetachTimeout: goDuration(flags.text('node-volume-detach-timeout')),
      pausedUntil: flags.text('pausedUntil') || undefined,
      platform: poolPlatform,
      release: { image: flags.text('release-image') },
      replicas,
    },
    status: { replicas: 0 },
  }));
}
