import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { terraformOrSkip } from '@pullpath/testkit';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { root } from '../walkthrough/process.ts';
import { everywhere, type Mirrors } from './evidence.ts';
import { createHostedCluster, startWorld, type World } from './world.ts';

let world: World;
let started: World | undefined;

beforeEach(async (context) => {
  terraformOrSkip(context);
  started ??= await startWorld();
  world = started;
}, 60_000);
afterAll(() => started?.stop());

const nginx = { 'docker.io/library/nginx': ['quay.io/my-org/nginx'] };
const redis = { 'docker.io/library/redis': ['registry.example.com/redis', 'quay.io/backup/redis'] };
const corporate = 'registry.corp.example.com';

/** Every block of the document, and the additions of this repository: what is on the nodes after it was applied. */
const examples: readonly (readonly [name: string, mirrors: Mirrors])[] = [
  ['simple', nginx],
  ['list', {}],
  [
    'order-of-mirrors',
    {
      'docker.io/library/alpine': [
        'quay.io/my-org/alpine',
        'registry.example.com/alpine',
        'docker.io/my-backup/alpine',
      ],
    },
  ],
  ['for-each', { ...nginx, ...redis }],
  [
    'corporate-registry',
    {
      'docker.io/library/nginx': [`${corporate}/docker/nginx`],
      'docker.io/library/postgres': [`${corporate}/docker/postgres`],
      'quay.io/prometheus/prometheus': [`${corporate}/quay/prometheus`],
    },
  ],
  [
    'high-availability',
    {
      'docker.io/library/mysql': [
        'primary-registry.example.com/mysql',
        'backup-registry.example.com/mysql',
        'quay.io/my-org/mysql',
      ],
    },
  ],
  ['verify', {}],
  ['cluster', {}],
  [
    'set',
    {
      'docker.io/library/nginx': [`${corporate}/docker/nginx`, 'quay.io/my-org/nginx'],
      'quay.io/prometheus/prometheus': [`${corporate}/quay/prometheus`],
    },
  ],
];

test.for(examples)(
  'examples/terraform/%s is on every node after apply, gone after destroy',
  { timeout: 120_000 },
  async ([name, mirrors], context) => {
    const terraform = world.workspace(terraformOrSkip(context), { TF_VAR_cluster_id: `id-${name}` });
    const id = await createHostedCluster(world, name);
    cpSync(join(root, 'examples/terraform', name), terraform.directory, { recursive: true });
    withId(join(terraform.directory, 'main.tf'), id);
    expect(await terraform.run(['apply', '-auto-approve'])).toMatchObject({ code: 0 });
    await everywhere(world, name, id, mirrors);
    expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
    expect(await terraform.run(['destroy', '-auto-approve'])).toMatchObject({ code: 0 });
    await everywhere(world, name, id, {});
  },
);

function withId(file: string, id: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('your-cluster-id', id));
}

test('the complete example creates its cluster and the mirrors on its nodes, and destroys both', async (context) => {
  const terraform = world.workspace(terraformOrSkip(context));
  cpSync(join(root, 'examples/terraform/complete'), terraform.directory, { recursive: true });
  expect(await terraform.run(['apply', '-auto-approve'])).toMatchObject({ code: 0 });
  const id = String(terraform.objects().find(({ type }) => type === 'rhcs_cluster_rosa_hcp')?.attributes['id']);
  await everywhere(world, 'example-hcp-cluster', id, { ...nginx, ...redis });
  expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
  expect(await terraform.run(['destroy', '-auto-approve'])).toMatchObject({ code: 0 });
  expect(terraform.objects()).toEqual([]);
}, 120_000);
