import { gunzipSync, gzipSync } from 'node:zlib';
import {
  decodePayload,
  encodePayload,
  globalConfigText,
  hashConfigMapData,
  hashSimple,
  parseReleaseVersion,
  type RolloutInput,
  rolloutHashes,
} from '@pullpath/pull-config';
import { mapOf } from './overrides-encoding.ts';
import type { Area } from './run-vectors.ts';

const codec = { gzip: (bytes: Uint8Array) => gzipSync(bytes), gunzip: (bytes: Uint8Array) => gunzipSync(bytes) };

type Data = Readonly<Record<string, string>> | null;

export const rolloutHash: Area = {
  rolloutHash: ({ mcoRawConfig, ...rest }: Omit<RolloutInput, 'rawConfig'> & { mcoRawConfig: string }) =>
    rolloutHashes({ rawConfig: mcoRawConfig, ...rest }),
  globalConfigString: ({ releaseVersion, ...hostedCluster }: { releaseVersion: string }) => {
    const version = parseReleaseVersion(releaseVersion);
    if (!version) throw new Error(`"${releaseVersion}" is no version`);
    return globalConfigText(hostedCluster, version);
  },
  roundTrip: (input: string | null) => decoded(encodePayload(input ?? '', codec)),
  decodeAndDecompress: (input: string | null) => decoded(input ?? ''),
  hashConfigMapData: (input: Data) => hashConfigMapData(mapOf(input)),
  hashConfigMapDataEqual: ([a, b]: [Data, Data]) => hashConfigMapData(mapOf(a)) === hashConfigMapData(mapOf(b)),
  hashSimple: (input: string | readonly number[]) => hashSimple(input),
};

function decoded(encoded: string): unknown {
  const payload = decodePayload(encoded, codec);
  return payload.ok ? payload.raw : { error: true };
}
