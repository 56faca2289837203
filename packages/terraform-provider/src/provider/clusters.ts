import { isRecord, textOf } from './json.ts';
import type { Ocm } from './ocm.ts';
import { segment } from './path.ts';

/** What matters of a cluster for its mirrors. */
export interface Cluster {
  readonly id: string;
  readonly state: string;
  readonly isHosted: boolean;
  /** The whole object. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** `GET /clusters/{id}`. */
export async function getCluster(ocm: Ocm, id: string, signal: AbortSignal): Promise<Cluster> {
  return clusterOf(await ocm.send({ method: 'GET', path: `/clusters/${segment(id)}`, signal }));
}

/** Reads a cluster object. */
export function clusterOf(answer: unknown): Cluster {
  const json = isRecord(answer) ? answer : {};
  const hypershift = json['hypershift'];
  return {
    id: textOf(json['id']) ?? '',
    state: textOf(json['state']) ?? 'unknown',
    isHosted: isRecord(hypershift) && hypershift['enabled'] === true,
    json,
  };
}
