import type { KubeObject } from '../objects/object.ts';
import { KubeError } from './kube-error.ts';
import { errorOfStatus, isRecord } from './status.ts';

/** One line of a watch. */
export type WatchEvent<T extends KubeObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string; readonly initialEventsEnd: boolean };

/** Reads a line. Throws `kube-protocol` for what no server may send, and the error that an ERROR event carries. */
export function parseWatchEvent<T extends KubeObject>(line: string): WatchEvent<T> {
  const event = parseLine(line);
  const object = event['object'];
  if (event['type'] === 'ERROR') throw errorOfStatus(object);
  const metadata = isRecord(object) && isRecord(object['metadata']) ? object['metadata'] : {};
  const resourceVersion = metadata['resourceVersion'];
  if (typeof resourceVersion !== 'string' || resourceVersion === '') throw malformed('has no resourceVersion');
  if (event['type'] === 'BOOKMARK')
    return { type: 'BOOKMARK', resourceVersion, initialEventsEnd: endsInitial(metadata) };
  if (event['type'] !== 'ADDED' && event['type'] !== 'MODIFIED' && event['type'] !== 'DELETED')
    throw malformed(`has the unknown type ${JSON.stringify(event['type'])}`);
  if (typeof metadata['name'] !== 'string' || metadata['name'] === '')
    throw malformed('is about an object without name');
  return { type: event['type'], object: object as unknown as T };
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    const event: unknown = JSON.parse(line);
    if (isRecord(event)) return event;
  } catch (cause) {
    throw new KubeError('kube-protocol', 'a line of a watch is no JSON', { cause });
  }
  throw malformed('is no object');
}

function endsInitial(metadata: Readonly<Record<string, unknown>>): boolean {
  const annotations = metadata['annotations'];
  return isRecord(annotations) && annotations['k8s.io/initial-events-end'] === 'true';
}

function malformed(fault: string): KubeError {
  return new KubeError('kube-protocol', `an event of a watch ${fault}`);
}
