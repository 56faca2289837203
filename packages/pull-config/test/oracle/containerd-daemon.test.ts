import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  createAuthority,
  type DockerRegistry,
  programsOrSkip,
  pushImage,
  startContainerd,
  startDockerRegistry,
  writeImage,
} from '@pullpath/testkit';
import { afterEach, expect, test } from 'vitest';
import type { Mirror, RegistriesConf, RegistryEntry } from '../../src/model.ts';
import { containerdRoutes, type RuntimeOptions, renderRuntime } from '../../src/runtimes/index.ts';

const source = '127.0.0.21:5121';
const mirror = '127.0.0.22:5122';
const secured = '127.0.0.23:5123';
const down = '127.0.0.24:5124';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test('a containerd daemon pulls through a rendered tree as we say', { timeout: 120_000 }, async (context) => {
  programsOrSkip(context, ['containerd', 'ctr', 'docker-registry', 'skopeo'], true);
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-containerd-'));
  cleanups.push(() => rmSync(directory, { recursive: true, force: true }));
  const authority = createAuthority();
  const registries = [
    await serve(directory, source),
    await serve(directory, mirror),
    await serve(directory, secured, authority.issue(['127.0.0.23'])),
  ];
  const image = writeImage(join(directory, 'image'), 'one');
  for (const reference of [
    `${source}/app:source`,
    `${mirror}/copies/app:v1`,
    `${mirror}/app:v1`,
    `${secured}/app:v1`,
    `${source}/app:tls`,
  ]) {
    await pushImage(image, reference);
  }
  const containerd = await startContainerd(join(directory, 'containerd'));
  cleanups.push(() => containerd.stop());

  const pull = async (conf: RegistriesConf, reference: string, options: RuntimeOptions = {}) => {
    const root = mkdtempSync(join(directory, 'certs.d-'));
    const { files } = renderRuntime('containerd', conf, options);
    const there = files.map((file) => ({
      ...file,
      path: file.path.replace('/etc/containerd/certs.d', root),
      contents: file.contents.replaceAll('/etc/containerd/certs.d', root),
    }));
    for (const { path, contents } of there) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
    }
    const before = registries.map((registry) => registry.served().length);
    const { code } = await containerd.pull(reference, root);
    const manifests = registries.flatMap((registry, index) =>
      registry
        .served()
        .slice(before[index])
        .filter((request) => request.includes('/manifests/'))
        .map((request) => `${registry.address} ${request}`),
    );
    const said = containerdRoutes(there, root)
      .route(reference)
      .attempts.filter(({ outcome }) => outcome === 'tried')
      .map((attempt) => attempt.reference);
    return { arrived: code === 0, from: [...new Set(manifests.map((line) => line.split(' ')[0]))], said };
  };

  // A tag comes from the mirror with a path, over plain HTTP after TLS has failed.
  expect(await pull(conf(source, [at(`${mirror}/copies`, '', true)]), `${source}/app:v1`)).toEqual({
    arrived: true,
    from: [mirror],
    said: [`${mirror}/copies/app:v1`, `${mirror}/copies/app:v1`, `${source}/app:v1`],
  });
  // A digest comes from the mirror that may not resolve.
  expect(await pull(conf(source, [at(mirror, 'digest-only', true)]), `${source}/app@${image.digest}`)).toEqual({
    arrived: true,
    from: [mirror],
    said: [`${mirror}/app@${image.digest}`, `${mirror}/app@${image.digest}`, `${source}/app@${image.digest}`],
  });
  // The first mirror is down, the second has a certificate of a private authority.
  const trusted = { certificates: [{ host: secured, pem: authority.certificate }] };
  expect(await pull(conf(source, [at(down), at(secured)]), `${source}/app:v1`, trusted)).toEqual({
    arrived: true,
    from: [secured],
    said: [`${down}/app:v1`, `${secured}/app:v1`, `${source}/app:v1`],
  });
  // Insecure: a certificate that nobody vouches for does.
  expect(await pull(conf(source, [at(secured, '', true)]), `${source}/app:v1`)).toEqual({
    arrived: true,
    from: [secured],
    said: [`${secured}/app:v1`, `${secured}/app:v1`, `${source}/app:v1`],
  });
  // The source has the image and is not asked, because the rule forbids it.
  expect(await pull(conf(source, [at(down)], { blocked: true, insecure: true }), `${source}/app:source`)).toEqual({
    arrived: false,
    from: [],
    said: [`${down}/app:source`],
  });
  // Where the rule allows it, the source is asked after the mirrors.
  expect(await pull(conf(source, [at(down)], { insecure: true }), `${source}/app:source`)).toEqual({
    arrived: true,
    from: [source],
    said: [`${down}/app:source`, `${source}/app:source`, `${source}/app:source`],
  });
});

async function serve(
  directory: string,
  address: string,
  tls?: { certificate: string; key: string },
): Promise<DockerRegistry> {
  const place = join(directory, address.replace(':', '-'));
  const registry = await startDockerRegistry({ directory: place, address, ...(tls ? { tls } : {}) });
  cleanups.push(() => registry.stop());
  return registry;
}

function conf(scope: string, mirrors: readonly Mirror[], more: Partial<RegistryEntry> = {}): RegistriesConf {
  const entry = {
    prefix: '',
    location: scope,
    insecure: false,
    blocked: false,
    mirrorByDigestOnly: false,
    mirrors,
    origins: [],
    ...more,
  };
  return {
    shortNameMode: '',
    additionalLayerStoreAuthHelper: '',
    credentialHelpers: [],
    registries: [entry],
    aliases: {},
  };
}

function at(location: string, pullFromMirror: Mirror['pullFromMirror'] = '', insecure = false): Mirror {
  return { location, pullFromMirror, insecure, origins: [] };
}
