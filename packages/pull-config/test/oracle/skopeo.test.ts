import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programsOrSkip, runProgram } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { compareProgram, type PullProgram, withRegistries } from './pull-program.ts';

const inspect: PullProgram = (image, registriesConf, env) =>
  runProgram(['skopeo', '--registries-conf', registriesConf, '--debug', 'inspect', '--raw', `docker://${image}`], {
    env,
  });

test('skopeo tries what we say, in that order, on 300 generated rule sets', { timeout: 300_000 }, async (context) => {
  programsOrSkip(context, ['skopeo', 'docker-registry']);
  await withRegistries(41, async (registries, directory) => {
    expect(await compareProgram(inspect, registries, directory, 300)).toBeGreaterThan(30);
  });
});

test('skopeo copies a tag and a digest from the mirror that we name', { timeout: 60_000 }, async (context) => {
  programsOrSkip(context, ['skopeo', 'docker-registry']);
  await withRegistries(42, async ({ hosts, image, running, env }, directory) => {
    const conf = join(directory, 'registries.conf');
    writeFileSync(conf, mirrorConf(hosts.down, hosts.login));
    for (const object of [':v1', `@${image.digest}`]) {
      const target = `dir:${join(directory, `copy${object.slice(0, 3)}`)}`;
      const { code, stderr } = await runProgram(
        [
          'skopeo',
          '--registries-conf',
          conf,
          '--insecure-policy',
          'copy',
          `docker://${hosts.down}/ns/app${object}`,
          target,
        ],
        { env },
      );
      expect(code, stderr).toBe(0);
      const served = running.find(({ address }) => address === hosts.login)?.served();
      expect(served).toContain(`GET /v2/x/ns/app/manifests/${object.slice(1)}`);
    }
  });
});

function mirrorConf(source: string, mirror: string): string {
  return `[[registry]]\nlocation = "${source}"\n[[registry.mirror]]\nlocation = "${mirror}/x"\ninsecure = true\n`;
}
