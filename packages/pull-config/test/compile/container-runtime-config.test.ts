import { expect, test } from 'vitest';
import { compileContainerRuntime, readContainerRuntimeSettings } from '../../src/index.ts';
import { objectOf } from './rule-builders.ts';

test.each([
  [{ pidsLimit: 19 }, 'pids-limit'],
  [{ pidsLimit: -1 }, 'pids-limit'],
  [{ pidsLimit: '20' }, 'type'],
  [{ logSizeMax: '8Ki' }, 'log-size-max'],
  [{ logSizeMax: 'many' }, 'type'],
  [{ overlaySize: '-1' }, 'overlay-size'],
  [{ logLevel: 'loud' }, 'log-level'],
  [{ defaultRuntime: 'kata' }, 'default-runtime'],
  [{ additionalLayerStores: [{ path: '' }] }, 'empty-path'],
  [{ additionalImageStores: [{ path: 'rel' }] }, 'invalid-path'],
  [{ additionalArtifactStores: [{ path: '/a//b' }] }, 'double-slash-path'],
  [{ additionalLayerStores: [{}] }, 'type'],
])('%j is refused', (config, reason) => {
  expect(readContainerRuntimeSettings(config).faults.map((fault) => fault.reason)).toEqual([reason]);
});

test.each([
  { pidsLimit: 0 },
  { pidsLimit: 20 },
  { logSizeMax: '-1' },
  { logSizeMax: 8193 },
  { defaultRuntime: '' },
  { logLevel: '' },
  { overlaySize: null },
])('%j is fine', (config) => {
  expect(readContainerRuntimeSettings(config).faults).toEqual([]);
});

test('every setting has a drop-in of its own, and an overlay size a storage.conf', () => {
  const containerRuntimeConfig = {
    pidsLimit: 2048,
    logLevel: 'debug',
    logSizeMax: '9k',
    overlaySize: '3G',
    defaultRuntime: 'crun',
  };
  const { files } = compileContainerRuntime([{ object: objectOf('C', 'c', { spec: { containerRuntimeConfig } }) }]);
  expect(files[0]?.files.map(({ path, contents }) => `${path}\n${contents}`)).toEqual([
    '/etc/crio/crio.conf.d/01-ctrcfg-logLevel\n[crio]\n  [crio.runtime]\n    log_level = "debug"\n',
    '/etc/crio/crio.conf.d/01-ctrcfg-pidsLimit\n[crio]\n  [crio.runtime]\n    pids_limit = 2048\n',
    '/etc/crio/crio.conf.d/01-ctrcfg-logSizeMax\n[crio]\n  [crio.runtime]\n    log_size_max = 9000\n',
    '/etc/crio/crio.conf.d/01-ctrcfg-defaultRuntime\n[crio]\n  [crio.runtime]\n    default_runtime = "crun"\n',
    `/etc/containers/storage.conf
[storage]
  driver = "overlay"
  runroot = "/run/containers/storage"
  graphroot = "/var/lib/containers/storage"
  [storage.options]
    size = "3G"
    force_mask = 0
    auto-userns-min-size = 0
    auto-userns-max-size = 0
    [storage.options.overlay]
      skip_mount_home = "true"
    [storage.options.pull_options]
      enable_partial_images = "false"
      ostree_repos = ""
      use_hard_links = "false"
`,
  ]);
});

test('a field that needs a feature gate is rendered with a warning', () => {
  const containerRuntimeConfig = { additionalImageStores: [{ path: '/mnt/images' }] };
  const { files, faults } = compileContainerRuntime([
    { object: objectOf('C', 'c', { spec: { containerRuntimeConfig } }) },
  ]);
  expect(files[0]?.files.map(({ path }) => path)).toEqual(['/etc/containers/storage.conf']);
  expect(faults).toMatchObject([{ code: 'feature-gated-field', severity: 'warning' }]);
});

test('a config that says nothing gives no files', () => {
  expect(compileContainerRuntime([{ object: objectOf('C', 'c', { spec: {} }) }])).toEqual({ files: [], faults: [] });
});
