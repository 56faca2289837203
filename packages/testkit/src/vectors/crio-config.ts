import {
  readContainerRuntimeSettings,
  type SettingFault,
  storePathFault,
  writeCrioDropIns,
  writeStorageConf,
} from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

/** node-config `crio-config`: what becomes of a ContainerRuntimeConfig. */
export const crioConfig: Area = {
  validateContainerRuntimeConfig: ({ containerRuntimeConfig }: { containerRuntimeConfig: unknown }) => ({
    error: recordedError(readContainerRuntimeSettings(containerRuntimeConfig).faults[0]?.reason),
  }),
  validateStorePath: ({ path }: { path: string }) => ({ error: recordedError(storePathFault(path)?.reason) }),
  renderCrioDropIns: (input: { containerRuntimeConfig: unknown; additionalStorageEnabled: boolean }) => {
    const { settings } = readContainerRuntimeSettings(input.containerRuntimeConfig);
    const files = writeCrioDropIns(settings, input.additionalStorageEnabled);
    return { files: files.map(({ path, contents }) => ({ path, contents })) };
  },
  renderStorageConf: (input: { template: string; config: unknown; additionalStorageEnabled: boolean }) => {
    const { settings } = readContainerRuntimeSettings(input.config);
    return { toml: writeStorageConf(input.template, settings, input.additionalStorageEnabled) };
  },
};

function recordedError(reason: SettingFault['reason'] | undefined): { code: string } | null {
  if (reason === undefined) return null;
  return { code: reason.endsWith('-path') ? reason : `invalid-${reason}` };
}
