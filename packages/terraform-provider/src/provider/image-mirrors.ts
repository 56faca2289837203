import { isRecord, listOf, textOf } from './json.ts';
import type { Ocm } from './ocm.ts';
import { segment } from './path.ts';

/** One image mirror as the API tells it. What an old server leaves out is undefined. */
export interface ImageMirror {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly mirrors: readonly string[];
  /** RFC 3339. */
  readonly creationTimestamp: string | undefined;
  /** RFC 3339. */
  readonly lastUpdateTimestamp: string | undefined;
}

/** What a client says of a mirror; `source` is for creation only. */
export interface MirrorBody {
  readonly type: string;
  readonly source?: string;
  readonly mirrors: readonly string[];
}

/** `POST .../image_mirrors`. */
export async function createMirror(
  ocm: Ocm,
  cluster: string,
  body: MirrorBody,
  signal: AbortSignal,
): Promise<ImageMirror> {
  return mirrorOf(await ocm.send({ method: 'POST', path: mirrorsPath(cluster), body: bodyOf(body), signal }));
}

/** `GET .../image_mirrors/{id}`. */
export async function getMirror(ocm: Ocm, cluster: string, id: string, signal: AbortSignal): Promise<ImageMirror> {
  return mirrorOf(await ocm.send({ method: 'GET', path: mirrorPath(cluster, id), signal }));
}

/** `PATCH .../image_mirrors/{id}`; mirrors are replaced. */
export async function patchMirror(
  ocm: Ocm,
  cluster: string,
  id: string,
  body: MirrorBody,
  signal: AbortSignal,
): Promise<ImageMirror> {
  return mirrorOf(await ocm.send({ method: 'PATCH', path: mirrorPath(cluster, id), body: bodyOf(body), signal }));
}

/** `DELETE .../image_mirrors/{id}`. */
export async function deleteMirror(ocm: Ocm, cluster: string, id: string, signal: AbortSignal): Promise<void> {
  await ocm.send({ method: 'DELETE', path: mirrorPath(cluster, id), signal });
}

/** All mirrors of a cluster, page by page; the first page only where `firstPageOnly`. The first request has no query. */
export async function listMirrors(
  ocm: Ocm,
  cluster: string,
  signal: AbortSignal,
  firstPageOnly = false,
): Promise<readonly ImageMirror[]> {
  const mirrors: ImageMirror[] = [];
  for (let page = 1; page <= pageLimit; page++) {
    const query = page === 1 ? {} : { page: String(page) };
    const answer = await ocm.send({ method: 'GET', path: mirrorsPath(cluster), query, signal });
    const items = isRecord(answer) ? listOf(answer['items']) : [];
    mirrors.push(...items.map(mirrorOf));
    const total = isRecord(answer) ? Number(answer['total'] ?? 0) : 0;
    if (firstPageOnly || items.length === 0 || !(mirrors.length < total)) break;
  }
  return mirrors;
}

// A server that never comes to its own total must not keep us.
const pageLimit = 1000;

function mirrorsPath(cluster: string): string {
  return `/clusters/${segment(cluster)}/image_mirrors`;
}

function mirrorPath(cluster: string, id: string): string {
  return `${mirrorsPath(cluster)}/${segment(id)}`;
}

// The published SDK writes members in this order.
function bodyOf({ mirrors, source, type }: MirrorBody): object {
  return { kind: 'ImageMirror', mirrors, ...(source === undefined ? {} : { source }), type };
}

function mirrorOf(json: unknown): ImageMirror {
  const object = isRecord(json) ? json : {};
  return {
    id: textOf(object['id']) ?? '',
    type: textOf(object['type']) ?? '',
    source: textOf(object['source']) ?? '',
    mirrors: listOf(object['mirrors']).map(String),
    creationTimestamp: textOf(object['creation_timestamp']),
    lastUpdateTimestamp: textOf(object['last_update_timestamp']),
  };
}
