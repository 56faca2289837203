import { type LocatedObject, valueAt } from '@pullpath/api';
import { writeCrioDropIns } from '../formats/crio-drop-ins.ts';
import { asksForStorageConf, writeStorageConf } from '../formats/storage-conf.ts';
import type { NodeFile } from '../model.ts';
import { baseStorageConf } from './base-files.ts';
import {
  type ContainerRuntimeSettings,
  containerRuntimeFaults,
  readContainerRuntimeSettings,
  storeLists,
} from './container-runtime-config.ts';
import type { RuleFault } from './faults.ts';
import type { ContainerRuntimeFiles } from './node-config.ts';

/** The files of every ContainerRuntimeConfig of a pool, and what keeps them from being written. */
export function compileContainerRuntime(configs: readonly LocatedObject[]): {
  readonly files: readonly ContainerRuntimeFiles[];
  readonly faults: readonly RuleFault[];
} {
  const files = configs.map((config) => ({ name: config.object.metadata.name ?? '', files: filesOf(config) }));
  return {
    files: files.filter((each) => each.files.length > 0),
    faults: configs.flatMap((config) => [...containerRuntimeFaults(config), ...gateFaults(config)]),
  };
}

const root = ['spec', 'containerRuntimeConfig'];

function filesOf(config: LocatedObject): NodeFile[] {
  const { settings } = readContainerRuntimeSettings(valueAt(config.object, root));
  return [...writeCrioDropIns(settings, true), ...storageConfOf(settings)];
}

function storageConfOf(settings: ContainerRuntimeSettings): NodeFile[] {
  if (!asksForStorageConf(settings, true)) return [];
  const contents = writeStorageConf(baseStorageConf, settings, true);
  return [{ path: '/etc/containers/storage.conf', mode: 0o644, contents }];
}

function gateFaults(of: LocatedObject): RuleFault[] {
  return storeLists
    .filter((list) => valueAt(of.object, [...root, list]) !== undefined)
    .map((list) => ({
      code: 'feature-gated-field',
      severity: 'warning',
      message: `${list} is dropped by a cluster without the feature set that has it`,
      origin: { of, path: [...root, list] },
    }));
}
