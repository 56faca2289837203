import { listImageMirrors } from '@pullpath/ocm-api/client';
import type { RosaCommand } from '../command-line.ts';
import { doing, RosaFailure } from '../failure.ts';
import { findCluster } from '../find-cluster.ts';
import type { Session } from '../session.ts';
import { terraformText } from '../terraform-text.ts';
import { clusterFlag } from './shared-flags.ts';

export function exportCommand(session: Session): RosaCommand {
  return {
    name: 'export',
    description: 'Print the image mirrors of a cluster as Terraform resources with import blocks (our addition)',
    flags: [clusterFlag, { name: 'terraform', kind: 'switch', description: 'As Terraform configuration' }],
    run: async (values) => {
      if (!values.isOn('terraform')) throw new RosaFailure('Say in which form: --terraform');
      const client = await session.client();
      const { id } = await findCluster(client, values.text('cluster'));
      const mirrors = await doing('failed to list image mirrors', () => listImageMirrors(client, id));
      session.print(terraformText(id, mirrors));
      return 0;
    },
  };
}
