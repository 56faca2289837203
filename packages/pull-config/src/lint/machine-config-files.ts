import { type LocatedObject, type Origin, valueAt } from '@pullpath/api';
import { readDataUrl } from '../formats/data-url.ts';

/** A file of a MachineConfig that a person wrote. */
export interface MachineConfigFile {
  readonly path: string;
  /** Undefined where it is compressed, or lies elsewhere. */
  readonly contents: string | undefined;
  readonly origin: Origin;
}

/** The files of a MachineConfig; none for one that a controller generated. */
export function machineConfigFiles(of: LocatedObject): readonly MachineConfigFile[] {
  const { apiVersion, kind, metadata } = of.object;
  if (kind !== 'MachineConfig' || !apiVersion.startsWith('machineconfiguration.openshift.io/')) return [];
  if (Object.hasOwn(metadata.annotations ?? {}, generatedBy)) return [];
  const root = ['spec', 'config', 'storage', 'files'];
  const files = valueAt(of.object, root);
  if (!Array.isArray(files)) return [];
  return files.flatMap((file: unknown, index) => {
    const path = valueAt(file, ['path']);
    if (typeof path !== 'string') return [];
    return [{ path, contents: contentsOf(file), origin: { of, path: [...root, index, 'path'] } }];
  });
}

const generatedBy = 'machineconfiguration.openshift.io/generated-by-controller-version';

function contentsOf(file: unknown): string | undefined {
  const source = valueAt(file, ['contents', 'source']);
  const compression = valueAt(file, ['contents', 'compression']);
  if (typeof source !== 'string' || (typeof compression === 'string' && compression !== '')) return undefined;
  return readDataUrl(source);
}
