import type { Page } from '../model/page.ts';
import type { CallOptions, OcmClient } from './ocm-client.ts';
import { listOf, recordOf, textOf } from './read-json.ts';

export interface ListQuery extends CallOptions {
  /** Like `name = 'prod' and state = 'ready'`. */
  readonly search?: string | undefined;
  /** Like `source desc`. */
  readonly order?: string | undefined;
}

/** A page that is asked for as it is; without a number there is no query, and the server's default counts. */
export interface PageQuery extends ListQuery {
  readonly page?: number | undefined;
  /** -1 for everything. */
  readonly size?: number | undefined;
}

/** One page of a collection. */
export async function getPage<T>(
  client: OcmClient,
  path: string,
  { search, order, page, size, signal }: PageQuery,
  read: (item: unknown) => T,
): Promise<Page<T>> {
  const answer = recordOf(
    await client.send({ method: 'GET', path, query: queryOf({ search, page, size, order }), signal }),
  );
  const items = listOf(answer['items']).map(read);
  return {
    kind: textOf(answer['kind']) ?? '',
    page: Number(answer['page'] ?? 1),
    size: items.length,
    total: Number(answer['total'] ?? items.length),
    items,
  };
}

function queryOf(parameters: Readonly<Record<string, string | number | undefined>>): Record<string, string> {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

// A server that never comes to its own total must not keep us.
const mostPages = 1000;

/** All items, page by page; the first request says nothing of pages, so that any server answers it. */
export async function getAll<T>(
  client: OcmClient,
  path: string,
  query: ListQuery,
  read: (item: unknown) => T,
): Promise<readonly T[]> {
  const items: T[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const { items: more, total } = await getPage(client, path, { ...query, page: page === 1 ? undefined : page }, read);
    items.push(...more);
    if (more.length === 0 || !(items.length < total)) break;
  }
  return items;
}
