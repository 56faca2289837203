import { loadManifests, type Source, valueAt } from '@pullpath/api';

/** The pull secret in a file: the JSON itself, or `.dockerconfigjson` of the first Secret manifest in it. */
export function dockerConfigOf(source: Source): Source {
  if (source.text.trimStart().startsWith('{') && !source.text.includes('"kind"')) return source;
  const secret = loadManifests([source]).objects.find(({ object }) => object.kind === 'Secret')?.object;
  const plain = valueAt(secret, ['stringData', '.dockerconfigjson']);
  const encoded = valueAt(secret, ['data', '.dockerconfigjson']);
  if (typeof plain === 'string') return { ...source, text: plain };
  return typeof encoded === 'string' ? { ...source, text: Buffer.from(encoded, 'base64').toString() } : source;
}
