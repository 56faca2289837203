import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import { parseQuantity, type Quantity, quantityText, quantityValue } from '../formats/quantity.ts';
import type { RuleFault } from './faults.ts';

/** The fields of `spec.containerRuntimeConfig` that reach a node, read from unchecked data. */
export interface ContainerRuntimeSettings {
  readonly pidsLimit?: number | undefined;
  readonly logLevel?: string | undefined;
  readonly logSizeMax?: Quantity | undefined;
  readonly overlaySize?: Quantity | undefined;
  readonly defaultRuntime?: string | undefined;
  /** Absolute paths. */
  readonly additionalLayerStores: readonly string[];
  readonly additionalImageStores: readonly string[];
  readonly additionalArtifactStores: readonly string[];
}

/** What is wrong with one field of `spec.containerRuntimeConfig`; `path` starts there. */
export interface SettingFault {
  readonly reason:
    | 'type'
    | 'pids-limit'
    | 'log-size-max'
    | 'overlay-size'
    | 'log-level'
    | 'default-runtime'
    | StorePathReason;
  readonly path: Path;
  readonly message: string;
}

/** The three lists of stores, which need a feature gate. */
export const storeLists = ['additionalLayerStores', 'additionalImageStores', 'additionalArtifactStores'] as const;

/**
 * Reads `spec.containerRuntimeConfig` and checks it as machine-config-operator does
 * (`validateUserContainerRuntimeConfig`); all faults, in the order of its checks.
 */
export function readContainerRuntimeSettings(config: unknown): {
  readonly settings: ContainerRuntimeSettings;
  readonly faults: readonly SettingFault[];
} {
  const faults: SettingFault[] = [];
  const settings: ContainerRuntimeSettings = {
    pidsLimit: readAs(config, 'pidsLimit', isInteger, 'a whole number', faults),
    logSizeMax: readQuantity(config, 'logSizeMax', faults),
    overlaySize: readQuantity(config, 'overlaySize', faults),
    logLevel: readAs(config, 'logLevel', isText, 'a string', faults),
    defaultRuntime: readAs(config, 'defaultRuntime', isText, 'a string', faults),
    additionalLayerStores: readStores(config, 'additionalLayerStores', faults),
    additionalImageStores: readStores(config, 'additionalImageStores', faults),
    additionalArtifactStores: readStores(config, 'additionalArtifactStores', faults),
  };
  return { settings, faults: [...faults, ...limitFaults(settings), ...storeFaults(settings)] };
}

/** The same faults for an object, with their places. */
export function containerRuntimeFaults(of: LocatedObject): RuleFault[] {
  const root = ['spec', 'containerRuntimeConfig'];
  return readContainerRuntimeSettings(valueAt(of.object, root)).faults.map(({ path, message }) => ({
    code: 'container-runtime-config-invalid',
    message,
    origin: { of, path: [...root, ...path] },
    hint: 'nodes keep what they have until this is corrected',
  }));
}

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const isText = (value: unknown): value is string => typeof value === 'string';

function readAs<T>(
  config: unknown,
  field: string,
  isWanted: (value: unknown) => value is T,
  wanted: string,
  faults: SettingFault[],
): T | undefined {
  const value = valueAt(config, [field]);
  if (value === undefined || value === null || isWanted(value)) return value ?? undefined;
  faults.push({ reason: 'type', path: [field], message: `${field} must be ${wanted}` });
  return undefined;
}

function readQuantity(config: unknown, field: string, faults: SettingFault[]): Quantity | undefined {
  const value = valueAt(config, [field]);
  if (value === undefined || value === null) return undefined;
  const quantity = typeof value === 'string' || isInteger(value) ? parseQuantity(String(value)) : undefined;
  if (!quantity) faults.push({ reason: 'type', path: [field], message: `${field} must be a quantity such as 8Gi` });
  return quantity;
}

function readStores(config: unknown, field: string, faults: SettingFault[]): string[] {
  const list = readAs(config, field, Array.isArray, 'a list', faults) ?? [];
  return list.flatMap((_, index) => {
    const path = valueAt(list, [index, 'path']);
    if (isText(path)) return [path];
    faults.push({ reason: 'type', path: [field, index, 'path'], message: 'a store needs a path' });
    return [];
  });
}

const minPidsLimit = 20;
const minLogSize = 8192n;
const logLevels: readonly string[] = ['error', 'fatal', 'panic', 'warn', 'info', 'debug', 'trace'];
const runtimes: readonly string[] = ['crun', 'runc'];

function limitFaults(settings: ContainerRuntimeSettings): SettingFault[] {
  const { pidsLimit = 0, logSizeMax, overlaySize, logLevel, defaultRuntime } = settings;
  const faults: SettingFault[] = [];
  const refuse = (field: string, reason: SettingFault['reason'], message: string): void => {
    faults.push({ reason, path: [field], message: `${field} ${message}` });
  };
  const logSize = logSizeMax ? quantityValue(logSizeMax) : 0n;
  if (pidsLimit !== 0 && pidsLimit < minPidsLimit)
    refuse('pidsLimit', 'pids-limit', `is ${pidsLimit}; it must be 0 or at least ${minPidsLimit}`);
  if (logSize > 0n && logSize <= minLogSize)
    refuse(
      'logSizeMax',
      'log-size-max',
      `is ${logSize} bytes; it must be more than ${minLogSize}, or at most 0 for no limit`,
    );
  if (overlaySize && quantityValue(overlaySize) < 0n)
    refuse('overlaySize', 'overlay-size', `is ${quantityText(overlaySize)}; it must not be negative`);
  if (logLevel && !logLevels.includes(logLevel))
    refuse('logLevel', 'log-level', `is "${logLevel}"; it must be one of ${logLevels.join(', ')}`);
  if (defaultRuntime && !runtimes.includes(defaultRuntime))
    refuse('defaultRuntime', 'default-runtime', `is "${defaultRuntime}"; it must be crun or runc`);
  return faults;
}

function storeFaults(settings: ContainerRuntimeSettings): SettingFault[] {
  return storeLists.flatMap((list) =>
    settings[list].flatMap((store, index) => {
      const fault = storePathFault(store);
      return fault ? [{ reason: fault.reason, path: [list, index, 'path'], message: fault.message }] : [];
    }),
  );
}

export type StorePathReason = 'empty-path' | 'invalid-path' | 'double-slash-path';

/** Why a path cannot be an additional store, or undefined: absolute, of `a-zA-Z0-9/._-`, without `//`. */
export function storePathFault(
  path: string,
): { readonly reason: StorePathReason; readonly message: string } | undefined {
  if (path === '') return { reason: 'empty-path', message: 'the path of a store must not be empty' };
  if (!/^\/[a-zA-Z0-9/._-]+$/.test(path))
    return { reason: 'invalid-path', message: `"${path}" must be an absolute path of letters, digits and /._-` };
  if (path.includes('//')) return { reason: 'double-slash-path', message: `"${path}" must not contain //` };
  return undefined;
}
