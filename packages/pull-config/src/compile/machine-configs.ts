import { ignitionConfig } from '../formats/ignition.ts';
import type { KubeObject, NodeFile } from '../model.ts';
import { baseFiles } from './base-files.ts';
import type { NodeConfig } from './node-config.ts';
import { authFiles, certificateFiles, type RenderOptions, registriesFiles, trustBundleFiles } from './node-files.ts';

/**
 * The MachineConfig `99-<pool>-generated-registries`, or undefined when no rule asks for one of its files. Certificates,
 * the pull secret and the trust bundle reach nodes in other ways and are not in it.
 */
export function renderMachineConfig(config: NodeConfig, options: RenderOptions): KubeObject | undefined {
  const files = registriesFiles(config, options);
  return files.length > 0 ? machineConfig(`99-${config.pool}-generated-registries`, config.pool, files) : undefined;
}

/**
 * Every MachineConfig that the rules give a pool: the one of `renderMachineConfig`, then one per ContainerRuntimeConfig,
 * `99-<pool>-generated-containerruntime` and from the second on with a number.
 */
export function renderMachineConfigs(config: NodeConfig, options: RenderOptions): KubeObject[] {
  const registries = renderMachineConfig(config, options);
  const runtime = config.containerRuntime.map(({ files }, index) =>
    machineConfig(`99-${config.pool}-generated-containerruntime${index === 0 ? '' : `-${index}`}`, config.pool, files),
  );
  return [...(registries ? [registries] : []), ...runtime];
}

/**
 * Every MachineConfig of a built-in pool: the base files, the pull secret and the trust bundle where upstream's templates have
 * them, the authorities of registries, which upstream's daemon writes beside them, and what `renderMachineConfigs` gives.
 */
export function poolMachineConfigs(config: NodeConfig, options: RenderOptions): KubeObject[] {
  const { pool } = config;
  const parts: readonly (readonly [name: string, files: readonly NodeFile[]])[] = [
    [`00-${pool}`, [...authFiles(config), ...trustBundleFiles(config)]],
    [`01-${pool}-container-runtime`, baseFiles()],
    [`97-${pool}-generated-registry-certificates`, certificateFiles(config)],
  ];
  const beside = parts.filter(([, files]) => files.length > 0);
  return [...beside.map(([name, files]) => machineConfig(name, pool, files)), ...renderMachineConfigs(config, options)];
}

function machineConfig(name: string, pool: string, files: readonly NodeFile[]): KubeObject {
  return {
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfig',
    metadata: { labels: { 'machineconfiguration.openshift.io/role': pool }, name },
    spec: { config: ignitionConfig(files) },
  };
}
