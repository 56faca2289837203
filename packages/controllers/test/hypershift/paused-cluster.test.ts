import { expect, test } from 'vitest';
import { putHostedCluster } from '../support/fixtures.ts';
import { clusterOf, conditionOf, startScenario } from '../support/fleet.ts';

const imageContentSources = [{ source: 'quay.io', mirrors: ['mirror.example.com/quay'] }];

test('a pause of a HostedCluster is told of while it lasts, and edits in it are one rollout', async () => {
  const fleet = await startScenario();
  await putHostedCluster(fleet.client, { imageContentSources, pausedUntil: 'true' });
  await fleet.settle();
  expect(conditionOf(await clusterOf(fleet), 'ReconciliationActive')).toMatchObject({
    status: 'False',
    message: 'Reconciliation paused until field removed',
  });
  expect(fleet.rolls('a')).toBe(0);
  const more = [...imageContentSources, { source: 'docker.io', mirrors: ['mirror.example.com/docker'] }];
  await putHostedCluster(fleet.client, { imageContentSources: more });
  await fleet.settle();
  expect(conditionOf(await clusterOf(fleet), 'ReconciliationActive')).toMatchObject({ status: 'True' });
  expect(fleet.rolls('a')).toBe(1);
});
