import { type LocatedObject, loadEmbedded, valueAt } from '@pullpath/api';
import { baseFiles } from '../../compile/base-files.ts';
import { readDataUrlBytes } from '../../formats/data-url.ts';
import { compareBytes } from '../../formats/go-order.ts';
import { type IgnitionConfig, ignitionConfig } from '../../formats/ignition.ts';
import type { NodeFile } from '../../model.ts';

/** The Ignition configuration of a NodePool's nodes, or why it cannot be made. */
export type PoolIgnition =
  | { readonly ok: true; readonly config: IgnitionConfig }
  | { readonly ok: false; readonly message: string };

/**
 * Merges the files that the mirrors and other settings give a pool with the MachineConfigs of its ConfigMaps, by name as
 * machine-config-operator does: of two with one file the later name counts.
 */
export function poolIgnition(files: readonly NodeFile[], configMaps: readonly LocatedObject[]): PoolIgnition {
  const own = configMaps.flatMap(machineConfigsOf).map(layerOf);
  const faults = own.flatMap(({ faults: found }) => found);
  if (faults.length > 0) return { ok: false, message: `failed to generate payload: ${faults.join('; ')}` };
  const layers = [
    fileLayer('01-worker-container-runtime', baseFiles()),
    fileLayer('99-worker-generated-registries', files),
    ...own,
  ].toSorted((a, b) => compareBytes(a.name, b.name));
  return { ok: true, config: merged(layers) };
}

interface Layer {
  readonly name: string;
  readonly files: readonly unknown[];
  readonly units: readonly unknown[];
  readonly users: readonly unknown[];
  readonly faults: readonly string[];
}

function fileLayer(name: string, files: readonly NodeFile[]): Layer {
  const { storage } = ignitionConfig(files);
  return { name, files: 'files' in storage ? storage.files : [], units: [], users: [], faults: [] };
}

function machineConfigsOf(configMap: LocatedObject): readonly LocatedObject[] {
  return loadEmbedded(configMap, ['data', 'config']).objects.filter(({ object }) => object.kind === 'MachineConfig');
}

function layerOf({ object }: LocatedObject): Layer {
  const config = valueAt(object, ['spec', 'config']);
  const list = (...path: readonly string[]): readonly unknown[] => {
    const value = valueAt(config, path);
    return Array.isArray(value) ? value : [];
  };
  const files = list('storage', 'files');
  return {
    name: String(object.metadata.name),
    files,
    units: list('systemd', 'units'),
    users: list('passwd', 'users'),
    faults: faultsOf(config, files).map((fault) => `MachineConfig ${object.metadata.name}: ${fault}`),
  };
}

function faultsOf(config: unknown, files: readonly unknown[]): readonly string[] {
  if (config === undefined || config === null) return [];
  const version = valueAt(config, ['ignition', 'version']);
  if (typeof version !== 'string' || !version.startsWith('3.'))
    return [`Ignition version ${JSON.stringify(version)} is not supported, 3.x is`];
  return files.flatMap(fileFaults);
}

function fileFaults(file: unknown): readonly string[] {
  const path = valueAt(file, ['path']);
  if (typeof path !== 'string' || !path.startsWith('/')) return ['a file has no absolute path'];
  const source = valueAt(file, ['contents', 'source']);
  if (source === undefined || source === null || source === '') return [];
  const isReadable = typeof source === 'string' && readDataUrlBytes(source) !== undefined;
  return isReadable ? [] : [`the contents of ${path} are no data URL`];
}

function merged(layers: readonly Layer[]): IgnitionConfig {
  const files = lastBy(
    'path',
    layers.flatMap((layer) => layer.files),
  );
  const units = lastBy(
    'name',
    layers.flatMap((layer) => layer.units),
  );
  const users = lastBy(
    'name',
    layers.flatMap((layer) => layer.users),
  );
  return {
    ...ignitionConfig([]),
    passwd: users.length === 0 ? {} : { users },
    storage: { files } as IgnitionConfig['storage'],
    systemd: units.length === 0 ? {} : { units },
  };
}

function lastBy(member: string, entries: readonly unknown[]): readonly unknown[] {
  const byName = new Map(entries.map((entry) => [String(valueAt(entry, [member])), entry]));
  return [...byName].toSorted(([a], [b]) => compareBytes(a, b)).map(([, entry]) => entry);
}
