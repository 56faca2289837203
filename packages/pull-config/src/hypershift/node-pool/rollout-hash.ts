import { compareBytes } from '../../formats/go-order.ts';
import { hashSimple } from './fnv.ts';

/** What makes the nodes of a NodePool roll when it changes. Objects count by name, their content does not. */
export interface RolloutInput {
  readonly rawConfig: string;
  readonly releaseVersion: string;
  readonly pullSecretName: string;
  readonly additionalTrustBundleName: string;
  /** `globalConfigText`. */
  readonly globalConfig: string;
  /** The OS stream, empty when it is the default of the release. */
  readonly rhelStream: string;
}

export interface RolloutHashes {
  readonly hash: string;
  /** Tells a change of configuration from an upgrade. It leaves the global configuration out too, as upstream does. */
  readonly hashWithoutVersion: string;
}

/** The two hashes that HyperShift puts on a NodePool and into the names of its token and user-data secrets. */
export function rolloutHashes(input: RolloutInput): RolloutHashes {
  const names = input.pullSecretName + input.additionalTrustBundleName;
  return {
    hash: hashSimple(input.rawConfig + input.releaseVersion + names + input.globalConfig + input.rhelStream),
    hashWithoutVersion: hashSimple(input.rawConfig + names + input.rhelStream),
  };
}

/** A hash of the data of a ConfigMap, whatever the order of its keys; empty for no data. */
export function hashConfigMapData(data: ReadonlyMap<string, string>): string {
  if (data.size === 0) return '';
  const keys = [...data.keys()].sort(compareBytes);
  return hashSimple(keys.map((key) => `${key}\0${data.get(key)}\0`).join(''));
}
