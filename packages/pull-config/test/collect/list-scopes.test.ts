import { expect, test } from 'vitest';
import { listScopes } from '../../src/collect/index.ts';
import { load } from './load.ts';

const pool = 'apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfigPool\nmetadata: {name: infra}\n';
const cluster =
  'apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata: {name: c, namespace: ns}\n';
const nodePool = `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: a, namespace: ns}
spec: {clusterName: c}
`;
const hostedCluster = { namespace: 'ns', name: 'c' };

test('without hosted clusters the built-in pools come first, then the declared ones', () => {
  expect(listScopes(load(pool))).toEqual([{ pool: 'master' }, { pool: 'worker' }, { pool: 'infra' }]);
});

test('objects of hosted clusters alone name no pools', () => {
  expect(listScopes(load(`${cluster}---\n${nodePool}`))).toEqual([{ hostedCluster, nodePool: 'a' }]);
});

test('a hosted cluster without NodePools counts as a pool of its own name, beside the pools of its host', () => {
  expect(listScopes(load(`${cluster}---\n${pool}`))).toEqual([
    { pool: 'master' },
    { pool: 'worker' },
    { pool: 'infra' },
    { hostedCluster, nodePool: 'c' },
  ]);
});
