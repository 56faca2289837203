import { type KubeObject, type LocatedObject, loadEmbedded, valueAt } from '@pullpath/api';
import { poolMachineConfigs } from '../../compile/machine-configs.ts';
import { mergeMachineConfigs } from '../../compile/merge-machine-configs.ts';
import { readDataUrlBytes } from '../../formats/data-url.ts';
import type { RenderedScope } from '../../render-scope.ts';

/** The Ignition configuration of a NodePool's nodes, or why it cannot be made. */
export type PoolIgnition =
  | { readonly ok: true; readonly config: unknown }
  | { readonly ok: false; readonly message: string };

/**
 * What the nodes of a NodePool boot with: its mirrors and other settings, merged with the MachineConfigs of its ConfigMaps as
 * machine-config-operator merges those of a pool of workers.
 */
export function poolIgnition(
  { config, dialect, diagnostics }: RenderedScope,
  configMaps: readonly LocatedObject[],
): PoolIgnition {
  const own = configMaps.flatMap(machineConfigsOf);
  const faults = config ? own.flatMap(faultsOf) : diagnostics.filter(isError).map(({ message }) => message);
  if (!config || faults.length > 0) return { ok: false, message: `failed to generate payload: ${faults.join('; ')}` };
  const { spec } = mergeMachineConfigs(workers, [...poolMachineConfigs(config, { dialect }), ...own]);
  return { ok: true, config: spec['config'] };
}

const role = { 'machineconfiguration.openshift.io/role': 'worker' };

const workers: KubeObject = {
  apiVersion: 'machineconfiguration.openshift.io/v1',
  kind: 'MachineConfigPool',
  metadata: { name: 'worker' },
  spec: { machineConfigSelector: { matchLabels: role } },
};

/** As they enter the payload: bound to the workers, whatever their labels say. */
function machineConfigsOf(configMap: LocatedObject): readonly KubeObject[] {
  return loadEmbedded(configMap, ['data', 'config'])
    .objects.map(({ object }) => object)
    .filter(({ kind }) => kind === 'MachineConfig')
    .map((object) => ({ ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...role } } }));
}

function faultsOf({ metadata, spec }: KubeObject): readonly string[] {
  const config = valueAt(spec, ['config']);
  if (config === undefined || config === null) return [];
  const version = valueAt(config, ['ignition', 'version']);
  const files = valueAt(config, ['storage', 'files']);
  const faults =
    typeof version === 'string' && version.startsWith('3.')
      ? (Array.isArray(files) ? files : []).flatMap(fileFaults)
      : [`Ignition version ${JSON.stringify(version)} is not supported, 3.x is`];
  return faults.map((fault) => `MachineConfig ${metadata.name}: ${fault}`);
}

function fileFaults(file: unknown): readonly string[] {
  const path = valueAt(file, ['path']);
  if (typeof path !== 'string' || !path.startsWith('/')) return ['a file has no absolute path'];
  const source = valueAt(file, ['contents', 'source']);
  if (source === undefined || source === null || source === '') return [];
  const isReadable = typeof source === 'string' && readDataUrlBytes(source) !== undefined;
  return isReadable ? [] : [`the contents of ${path} are no data URL`];
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error';
}
