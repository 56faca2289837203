import type { ImageMirror } from '../model/image-mirror.ts';
import type { MirrorStatus } from '../model/mirror-status.ts';
import type { Page } from '../model/page.ts';
import type { CallOptions, OcmClient } from './ocm-client.ts';
import { getAll, getPage, type ListQuery, type PageQuery } from './pages.ts';
import { imageMirrorPath, imageMirrorsPath } from './paths.ts';
import { listOf, recordOf, textOf } from './read-json.ts';

/** What a client says of a new mirror; the server takes `digest` where there is no type. */
export interface NewMirror {
  readonly type?: string | undefined;
  readonly source: string;
  readonly mirrors: readonly string[];
}

/** What a client changes; mirrors are replaced as a whole, and what is absent stays. */
export interface MirrorChange {
  readonly type?: string | undefined;
  readonly mirrors?: readonly string[] | undefined;
}

/** `GET .../image_mirrors`, all pages. */
export function listImageMirrors(
  client: OcmClient,
  cluster: string,
  query: ListQuery = {},
): Promise<readonly ImageMirror[]> {
  return getAll(client, imageMirrorsPath(cluster), query, imageMirrorOf);
}

/** `GET .../image_mirrors`, one page: the server's first where nothing is said. */
export function getImageMirrorPage(client: OcmClient, cluster: string, query: PageQuery): Promise<Page<ImageMirror>> {
  return getPage(client, imageMirrorsPath(cluster), query, imageMirrorOf);
}

/** `GET .../image_mirrors/{id}`. */
export async function getImageMirror(
  client: OcmClient,
  cluster: string,
  id: string,
  { signal }: CallOptions = {},
): Promise<ImageMirror> {
  return imageMirrorOf(await client.send({ method: 'GET', path: imageMirrorPath(cluster, id), signal }));
}

/** `POST .../image_mirrors`. */
export async function createImageMirror(
  client: OcmClient,
  cluster: string,
  { mirrors, source, type }: NewMirror,
  { signal }: CallOptions = {},
): Promise<ImageMirror> {
  // The published SDK writes members in this order.
  const body = { kind: 'ImageMirror', mirrors, source, type };
  return imageMirrorOf(await client.send({ method: 'POST', path: imageMirrorsPath(cluster), body, signal }));
}

/** `PATCH .../image_mirrors/{id}`. */
export async function patchImageMirror(
  client: OcmClient,
  cluster: string,
  id: string,
  { mirrors, type }: MirrorChange,
  { signal }: CallOptions = {},
): Promise<ImageMirror> {
  const body = { kind: 'ImageMirror', mirrors, type };
  return imageMirrorOf(await client.send({ method: 'PATCH', path: imageMirrorPath(cluster, id), body, signal }));
}

/** `DELETE .../image_mirrors/{id}`. */
export async function deleteImageMirror(
  client: OcmClient,
  cluster: string,
  id: string,
  { signal }: CallOptions = {},
): Promise<void> {
  await client.send({ method: 'DELETE', path: imageMirrorPath(cluster, id), signal });
}

/** `GET .../image_mirrors/status`: how far all mirrors are on their way to the nodes. Servers other than ours answer 404. */
export async function getImageMirrorsStatus(
  client: OcmClient,
  cluster: string,
  { signal }: CallOptions = {},
): Promise<MirrorStatus> {
  const path = `${imageMirrorsPath(cluster)}/status`;
  return (await client.send({ method: 'GET', path, signal })) as MirrorStatus;
}

/** Reads a mirror of a server. */
export function imageMirrorOf(json: unknown): ImageMirror {
  const object = recordOf(json);
  const [kind, href] = [textOf(object['kind']), textOf(object['href'])];
  const created = textOf(object['creation_timestamp']);
  const updated = textOf(object['last_update_timestamp']);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(href === undefined ? {} : { href }),
    id: textOf(object['id']) ?? '',
    type: textOf(object['type']) ?? '',
    source: textOf(object['source']) ?? '',
    mirrors: listOf(object['mirrors']).map(String),
    ...(created === undefined ? {} : { creation_timestamp: created }),
    ...(updated === undefined ? {} : { last_update_timestamp: updated }),
  };
}
