import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTerraform, flatText, type TerraformWorkspace } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { hostedCluster } from '../support/fake-ocm.ts';
import { installedWorld, type World } from '../support/terraform.ts';

/** Points in time; `npm test -- kill` with PULLPATH_KILLS=100 tries more of them. */
const points = Number(process.env['PULLPATH_KILLS'] ?? 10);
const count = 8;

const mirrors = `resource "rhcs_image_mirror" "x" {
  count      = ${count}
  cluster_id = "hcp"
  source     = "quay.io/team/app\${count.index}"
  mirrors    = ["m.io/app\${count.index}"]
}
`;

test(
  `a provider that is killed in the middle of apply, at ${points} points: the next apply goes on, nothing is there twice`,
  async (context) => {
    const world = await installedWorld(context, hostedCluster('hcp'));
    const { terraform, ocm } = world;
    terraform.write('main.tf', mirrors);
    await terraform.run(['init']);
    for (let point = 0; point < points; point++) {
      await killedApply(world, point);
      await converge(world);
      const sources = ocm.mirrors.get('hcp')!.map(({ source }) => source);
      expect(sources.length, `point ${point}`).toBe(count);
      expect(new Set(sources).size).toBe(count);
      const ids = terraform.objects().map(({ attributes }) => attributes['id']);
      expect(new Set(ids)).toEqual(new Set(ocm.mirrors.get('hcp')!.map(({ id }) => id)));
      expect(await terraform.run(['destroy', '-auto-approve'])).toMatchObject({ code: 0 });
    }
  },
  60_000 + points * 30_000,
);

/** Runs an apply whose provider dies while a request is under way, which is carried out all the same. */
async function killedApply({ terraform, ocm }: World, point: number): Promise<void> {
  const before = ocm.requests.length;
  const after = Math.round((point * (2 * count - 1)) / Math.max(1, points - 1));
  ocm.fail({ path: /./, after, delay: 500 });
  const applying = terraform.run(['apply', '-auto-approve', '-parallelism=3']);
  while (ocm.requests.length <= before + after) await sleep(1);
  const pids = providersIn(terraform);
  expect(pids.length).toBeGreaterThan(0);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  expect((await applying).code).toBe(1);
  await sleep(600);
}

/** Applies, and imports what the provider says is there already, until there is nothing to do. */
async function converge({ terraform }: World): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const { code, stderr } = await terraform.run(['apply', '-auto-approve']);
    if (code === 0) break;
    const text = flatText(stderr);
    expect(text).toContain('Failed to Create Image Mirror');
    const hints = [
      ...text.matchAll(/with rhcs_image_mirror\.x\[(\d+)\].*?terraform import ADDRESS_OF_THIS_RESOURCE (\S+)/g),
    ];
    expect(hints.length, text).toBeGreaterThan(0);
    for (const [, index, id] of hints) {
      expect(await terraform.run(['import', `rhcs_image_mirror.x[${index}]`, id!])).toMatchObject({ code: 0 });
    }
  }
  expect(await terraform.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
}

/** Processes of the provider that Terraform started for a working folder. */
function providersIn({ env }: TerraformWorkspace): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return (
          words.includes('/provider.cjs') &&
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(env['TF_CLI_CONFIG_FILE']!)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

test('an interrupt during a slow request ends Terraform and the provider within two seconds, and the state fits', async (context) => {
  const { terraform, ocm } = await installedWorld(context, hostedCluster('hcp'));
  terraform.write('main.tf', mirrors.replace(`count      = ${count}`, 'count      = 1'));
  await terraform.run(['init']);
  ocm.fail({ method: 'POST', path: /image_mirrors$/, delay: 20_000 });
  const env = { ...process.env, ...terraform.env, TF_DATA_DIR: `${terraform.directory}/.terraform` };
  const args = [`-chdir=${terraform.directory}`, 'apply', '-auto-approve', '-no-color', '-input=false'];
  // A process group of its own, so that the signal reaches both as Ctrl-C of a terminal does.
  const child = spawn(findTerraform()!, args, { env, detached: true, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  await expect.poll(() => ocm.requests.some((line) => line.startsWith('POST')), { timeout: 20_000 }).toBe(true);
  const asked = Date.now();
  process.kill(-child.pid!, 'SIGINT');
  expect(await ended).toBe(1);
  expect(Date.now() - asked).toBeLessThan(2500);
  expect(providersIn(terraform)).toEqual([]);
  expect(terraform.objects()).toEqual([]);
}, 60_000);
