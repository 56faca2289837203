import { valueAt } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import type { KubeObject } from '@pullpath/kube-client';
import { readIgnition } from './ignition-files.ts';
import type { NodeFileBytes } from './node-file.ts';

/** What a MachineConfig wants a node to have. Shared by all nodes that take it. */
export interface DesiredConfig {
  readonly name: string;
  /** Ascending by path. */
  readonly files: readonly NodeFileBytes[];
  /** What it asks for that an agent does not do, one phrase each. */
  readonly unapplied: readonly string[];
}

/** Reads a `machineconfiguration.openshift.io/v1` MachineConfig. Throws `machine-config-unusable` for one that no node can take. */
export function readMachineConfig(object: KubeObject): DesiredConfig {
  const name = object.metadata.name ?? '';
  const { files, unapplied, faults } = readIgnition(valueAt(object, ['spec', 'config']) ?? emptyIgnition);
  if (faults.length > 0)
    throw new CodedError('machine-config-unusable', `MachineConfig ${name} cannot be applied: ${faults.join('; ')}`);
  return { name, files, unapplied: [...unapplied, ...systemParts(object)] };
}

const emptyIgnition = { ignition: { version: '3.5.0' } };

function systemParts(object: KubeObject): string[] {
  return Object.entries(standard).flatMap(([field, values]) => {
    const value = valueAt(object, ['spec', field]);
    const asks = Array.isArray(value) ? value.length > 0 : !values.includes(value);
    return asks ? [field] : [];
  });
}

const nothing = [undefined, null, ''];

/** Fields beside the Ignition document, and the values that ask for nothing. */
const standard: Readonly<Record<string, readonly unknown[]>> = {
  osImageURL: nothing,
  baseOSExtensionsContainerImage: nothing,
  kernelArguments: nothing,
  extensions: nothing,
  kernelType: [...nothing, 'default'],
  fips: [...nothing, false],
};
