import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programsOrSkip, runProgram } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { compareProgram, type PullProgram, withRegistries } from './pull-program.ts';

test('podman tries what we say, in that order, on 300 generated rule sets', { timeout: 600_000 }, async (context) => {
  programsOrSkip(context, ['podman', 'skopeo', 'docker-registry'], true);
  await withRegistries(43, async (registries, directory) => {
    expect(await compareProgram(pullInto(directory), registries, directory, 300)).toBeGreaterThan(30);
  });
});

test('podman pulls a tag and a digest from the mirror that we name', { timeout: 60_000 }, async (context) => {
  programsOrSkip(context, ['podman', 'skopeo', 'docker-registry'], true);
  await withRegistries(44, async ({ hosts, image, running, env }, directory) => {
    const conf = join(directory, 'registries.conf');
    writeFileSync(
      conf,
      `[[registry]]\nlocation = "${hosts.down}"\n[[registry.mirror]]\nlocation = "${hosts.secured}/x"\n`,
    );
    for (const object of [':v1', `@${image.digest}`]) {
      const { code, stderr } = await pullInto(directory)(`${hosts.down}/ns/app${object}`, conf, env);
      expect(code, stderr).toBe(0);
      const served = running.find(({ address }) => address === hosts.secured)?.served();
      expect(served).toContain(`GET /v2/x/ns/app/manifests/${object.slice(1)}`);
    }
  });
});

function pullInto(directory: string): PullProgram {
  const storage = [
    '--storage-driver',
    'vfs',
    '--root',
    join(directory, 'root'),
    '--runroot',
    join(directory, 'runroot'),
  ];
  return (image, registriesConf, env) =>
    runProgram(['podman', '--log-level', 'debug', ...storage, 'pull', image], {
      env: { ...env, CONTAINERS_REGISTRIES_CONF: registriesConf },
    });
}
