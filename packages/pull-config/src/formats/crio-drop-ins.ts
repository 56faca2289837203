import type { ContainerRuntimeSettings } from '../compile/container-runtime-config.ts';
import type { NodeFile } from '../model.ts';
import { quantityValue } from './quantity.ts';
import { tomlString, tomlStrings } from './toml-text.ts';

/**
 * CRI-O drop-ins for a ContainerRuntimeConfig, one per field, in the order of machine-config-operator
 * (`createCRIODropinFiles`). Artifact stores are written only where their feature gate is on.
 */
export function writeCrioDropIns(settings: ContainerRuntimeSettings, additionalStores: boolean): NodeFile[] {
  const { logLevel, pidsLimit, logSizeMax, defaultRuntime, additionalArtifactStores: artifacts } = settings;
  const logSize = logSizeMax ? quantityValue(logSizeMax) : 0n;
  return [
    ...(logLevel ? [dropIn('logLevel', 'log_level', tomlString(logLevel))] : []),
    ...(pidsLimit === undefined ? [] : [dropIn('pidsLimit', 'pids_limit', String(pidsLimit))]),
    ...(logSize === 0n ? [] : [dropIn('logSizeMax', 'log_size_max', String(logSize))]),
    ...(defaultRuntime ? [dropIn('defaultRuntime', 'default_runtime', tomlString(defaultRuntime))] : []),
    ...(additionalStores && artifacts.length > 0
      ? [dropIn('additionalArtifactStores', 'additional_artifact_stores', tomlStrings(artifacts))]
      : []),
  ];
}

function dropIn(field: string, key: string, value: string): NodeFile {
  return {
    path: `/etc/crio/crio.conf.d/01-ctrcfg-${field}`,
    mode: 0o644,
    contents: `[crio]\n  [crio.runtime]\n    ${key} = ${value}\n`,
  };
}
