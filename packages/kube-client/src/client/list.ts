import type { KubeList, KubeObject } from '../objects/object.ts';
import { apiVersionOf, collectionPath, type Resource } from '../objects/resource.ts';
import { isExpired, KubeError } from './kube-error.ts';
import type { ListOptions } from './options.ts';
import type { Sender } from './sender.ts';
import { isRecord } from './status.ts';

const defaultPageSize = 500;

/** The pages of a list, all of one state. Throws the server's 410 when it no longer has that state. */
export async function* listPages<T extends KubeObject>(
  sender: Sender,
  resource: Resource<T>,
  options: ListOptions,
): AsyncGenerator<KubeList<T>> {
  let token: string | undefined;
  do {
    const page = await listPage(sender, resource, options, token);
    if (token !== undefined && page.metadata.continue === token) throw repeated(resource);
    yield page;
    token = page.metadata.continue;
  } while (token);
}

/** The whole list. A state that is lost between pages is followed by one list without pages, which cannot be lost. */
export async function listAll<T extends KubeObject>(
  sender: Sender,
  resource: Resource<T>,
  options: ListOptions,
): Promise<KubeList<T>> {
  let read = 0;
  try {
    const items: T[] = [];
    let metadata: KubeList<T>['metadata'] = {};
    for await (const page of listPages(sender, resource, options)) {
      read++;
      for (const item of page.items) items.push(item);
      metadata = page.metadata;
    }
    return { items, metadata: { resourceVersion: metadata.resourceVersion } };
  } catch (error) {
    if (!isExpired(error) || read === 0) throw error;
    return listPage(sender, resource, { ...options, pageSize: 0 }, undefined);
  }
}

async function listPage<T extends KubeObject>(
  sender: Sender,
  resource: Resource<T>,
  options: ListOptions,
  token: string | undefined,
): Promise<KubeList<T>> {
  const path = collectionPath(resource, options.namespace);
  const call = {
    verb: 'list',
    resource: resource.plural,
    method: 'GET',
    path,
    query: queryOf(options, token),
  } as const;
  return readList(resource, await sender.json(call, options));
}

// A continue token holds the state, so that it excludes naming one.
function queryOf(options: ListOptions, token: string | undefined): Readonly<Record<string, string | undefined>> {
  const { labelSelector, fieldSelector, pageSize = defaultPageSize, resourceVersion, resourceVersionMatch } = options;
  const limit = pageSize === 0 ? undefined : String(pageSize);
  const state = token === undefined ? { resourceVersion, resourceVersionMatch } : { continue: token };
  return { labelSelector, fieldSelector, limit, ...state };
}

// The items of a list carry no apiVersion and kind on a real server; here every object does.
function readList<T extends KubeObject>(resource: Resource<T>, answer: unknown): KubeList<T> {
  const { items, metadata } = isRecord(answer) ? answer : {};
  const objects = items === null ? [] : items;
  if (!Array.isArray(objects) || !objects.every(isObject) || !isRecord(metadata))
    throw new KubeError('kube-protocol', `the answer to a list of ${resource.plural} is no list of objects`);
  const type = { apiVersion: apiVersionOf(resource), kind: resource.kind };
  return { items: objects.map((item) => ({ ...type, ...item })), metadata };
}

function isObject(item: unknown): boolean {
  const metadata = isRecord(item) ? item['metadata'] : undefined;
  return isRecord(metadata) && typeof metadata['name'] === 'string' && metadata['name'] !== '';
}

function repeated({ plural }: Resource): KubeError {
  return new KubeError('kube-protocol', `the pages of a list of ${plural} do not advance`);
}
