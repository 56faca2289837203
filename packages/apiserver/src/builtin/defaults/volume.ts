import { listAt, mapAt, textAt, valueAt } from '../read.ts';
import { fieldSelectorDefaults, pullPolicyOf } from './container.ts';

type Json = Readonly<Record<string, unknown>>;

/** A volume with what its author left out; one without a source is an empty directory. */
export function volumeDefaults(volume: unknown): Json {
  const given = volume as Json;
  const [source] = Object.keys(given).filter((name) => name !== 'name');
  if (source === undefined) return { ...given, emptyDir: {} };
  const defaults = Object.hasOwn(sources, source) ? sources[source] : undefined;
  return defaults ? { ...given, [source]: defaults(mapAt(given, source)) } : given;
}

const sources: Readonly<Record<string, (source: Json) => Json>> = {
  secret: withMode,
  configMap: withMode,
  downwardAPI: (source) => withMode(withFieldItems(source)),
  projected: (source) => withMode({ ...source, sources: listAt(source, 'sources').map(projectionDefaults) }),
  hostPath: (source) => ({ ...source, type: textAt(source, 'type') }),
  image: (source) => ({
    ...source,
    pullPolicy: textAt(source, 'pullPolicy') || pullPolicyOf(textAt(source, 'reference')),
  }),
  iscsi: (source) => ({ ...source, iscsiInterface: textAt(source, 'iscsiInterface') || 'default' }),
  rbd: (source) => ({
    ...source,
    pool: textAt(source, 'pool') || 'rbd',
    user: textAt(source, 'user') || 'admin',
    keyring: textAt(source, 'keyring') || '/etc/ceph/keyring',
  }),
  azureDisk: (source) => ({ cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false, ...source }),
  scaleIO: (source) => ({
    ...source,
    storageMode: textAt(source, 'storageMode') || 'ThinProvisioned',
    fsType: textAt(source, 'fsType') || 'xfs',
  }),
};

function withMode(source: Json): Json {
  return { defaultMode: 0o644, ...source };
}

function withFieldItems(source: Json): Json {
  const items = listAt(source, 'items').map((item) => {
    const field = valueAt(item, 'fieldRef');
    return field === undefined ? item : { ...(item as Json), fieldRef: fieldSelectorDefaults(field) };
  });
  return { ...source, items };
}

function projectionDefaults(projection: unknown): Json {
  const given = projection as Json;
  const token = valueAt(given, 'serviceAccountToken');
  const downward = valueAt(given, 'downwardAPI');
  return {
    ...given,
    ...(token !== undefined && { serviceAccountToken: { expirationSeconds: 3600, ...(token as Json) } }),
    ...(downward !== undefined && { downwardAPI: withFieldItems(downward as Json) }),
  };
}
