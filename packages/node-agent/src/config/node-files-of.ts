import type { KubeObject } from '@pullpath/kube-client';
import { baseFiles, type NodeFile } from '@pullpath/pull-config';
import { readMachineConfig } from './desired-config.ts';
import { effectiveFiles, type NodeRuntime } from './effective-files.ts';
import { asText } from './node-file.ts';

/** The files that a node with this MachineConfig has, its base files included. Throws `machine-config-unusable`. */
export function nodeFilesOf(machineConfig: KubeObject, runtime: NodeRuntime): readonly NodeFile[] {
  const { files } = effectiveFiles(readMachineConfig(machineConfig), runtime);
  const base = runtime === 'crio' ? baseFiles() : [];
  return [...new Map([...base, ...files.map(asText)].map((file) => [file.path, file])).values()];
}
