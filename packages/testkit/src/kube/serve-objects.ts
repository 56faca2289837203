import { jsonAnswer, type KubeAnswer, statusAnswer, statusObject } from './answers.ts';
import { isInCollection, type KubePath, storagePath } from './kube-path.ts';
import { type HistoryEvent, ObjectHistory, type StoredObject } from './object-history.ts';

/** One request of a test API server. */
export interface KubeRequest {
  readonly method: string;
  readonly path: KubePath;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** How a server takes a watch that asks for all objects first. */
export type WatchListMode = 'serve' | 'refuse' | 'ignore';

interface OpenWatch {
  readonly path: KubePath;
  readonly bookmarks: boolean;
  readonly write: (text: string) => void;
  readonly end: () => void;
}

/**
 * The collections of an API server without kinds, schemas or admission: what a client can tell of lists, pages, watches,
 * versions and conflicts. Patches of every type are merged as JSON merge patches.
 */
export class ServedObjects {
  readonly history: ObjectHistory = new ObjectHistory();
  readonly #watches = new Set<OpenWatch>();
  watchList: WatchListMode = 'serve';

  get openWatches(): number {
    return this.#watches.size;
  }

  /** Tells every watch that wants it how far it is. */
  bookmark(): void {
    for (const { bookmarks, write } of this.#watches) if (bookmarks) write(bookmarkLine(this.history.revision));
  }

  /** Ends every watch, as when its time is up. */
  endWatches(): void {
    for (const { end } of this.#watches) end();
  }

  /** A line to every watch, whatever it is. */
  inject(line: string): void {
    for (const { write } of this.#watches) write(line);
  }

  answer(request: KubeRequest): KubeAnswer {
    const { method, path, query } = request;
    if (path.name === undefined && method === 'GET')
      return query.get('watch') === 'true' ? this.#watch(path, query) : this.#list(path, query);
    if (method === 'POST') return this.#create(request);
    const object = this.history.get(storagePath(path));
    if (method === 'PATCH') return this.#patch(request, object);
    if (!object) return notFound(path);
    if (method === 'GET') return jsonAnswer(200, object);
    return method === 'PUT' ? this.#update(request, object) : this.#delete(path);
  }

  #list(path: KubePath, query: URLSearchParams): KubeAnswer {
    const limit = Number(query.get('limit') ?? 0) || Number.POSITIVE_INFINITY;
    const { revision, start } = readToken(query.get('continue')) ?? { revision: this.history.revision, start: 0 };
    const missed = this.history.since(revision);
    if (!missed) return statusAnswer(410, 'Expired', 'The provided continue parameter is too old');
    const all = this.history.list((storage) => isInCollection(path, storage));
    const rest = all.length - start - limit;
    const token = rest > 0 ? { continue: `${revision}.${start + limit}`, remainingItemCount: rest } : {};
    const metadata = { resourceVersion: String(revision), ...token };
    return jsonAnswer(200, { kind: 'List', apiVersion: 'v1', metadata, items: all.slice(start, start + limit) });
  }

  #watch(path: KubePath, query: URLSearchParams): KubeAnswer {
    const initial = query.get('sendInitialEvents') === 'true' && this.watchList !== 'ignore';
    if (initial && this.watchList === 'refuse') return statusAnswer(422, 'Invalid', 'sendInitialEvents is forbidden');
    const asked = query.get('resourceVersion') ?? '';
    const isFromNow = asked === '' || asked === '0';
    const missed = isFromNow ? [] : this.history.since(Number(asked));
    if (!missed) return { status: 200, body: expiredLine(asked) };
    const current = isFromNow ? this.history.list((storage) => isInCollection(path, storage)).map(addedLine) : [];
    const lines = missed.filter((event) => isInCollection(path, event.path)).map(eventLine);
    const end = initial ? [bookmarkLine(this.history.revision, true)] : [];
    const body = [...current, ...lines, ...end].join('');
    return { status: 200, body, stream: this.#streamOf(path, query.get('allowWatchBookmarks') === 'true') };
  }

  #streamOf(path: KubePath, bookmarks: boolean): KubeAnswer['stream'] {
    return (write, end) => {
      const watch = { path, bookmarks, write, end };
      this.#watches.add(watch);
      const stop = this.history.subscribe((event) => {
        if (isInCollection(path, event.path)) write(eventLine(event));
      });
      return () => {
        stop();
        this.#watches.delete(watch);
      };
    };
  }

  #create({ path, body }: KubeRequest): KubeAnswer {
    const object = body as StoredObject;
    const storage = storagePath({ ...path, name: path.name ?? object.metadata.name });
    if (path.subresource !== undefined) return jsonAnswer(201, { kind: 'Status', apiVersion: 'v1', status: 'Success' });
    if (this.history.get(storage)) return statusAnswer(409, 'AlreadyExists', `${object.metadata.name} already exists`);
    return jsonAnswer(201, this.history.put(storage, object));
  }

  #update({ path, body }: KubeRequest, before: StoredObject): KubeAnswer {
    const object = body as StoredObject;
    const version = object.metadata.resourceVersion;
    if (version !== undefined && version !== before.metadata.resourceVersion) return conflict(path);
    return jsonAnswer(200, this.history.put(storagePath(path), object));
  }

  #patch({ path, query, body }: KubeRequest, before: StoredObject | undefined): KubeAnswer {
    if (!before && !query.has('force')) return notFound(path);
    const merged = mergePatch(before ?? {}, body) as StoredObject;
    return jsonAnswer(before ? 200 : 201, this.history.put(storagePath(path), merged));
  }

  #delete(path: KubePath): KubeAnswer {
    this.history.remove(storagePath(path));
    return jsonAnswer(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' });
  }
}

function notFound({ resource, name }: KubePath): KubeAnswer {
  const plural = resource.slice(resource.lastIndexOf('/') + 1);
  return statusAnswer(404, 'NotFound', `${plural} ${JSON.stringify(name)} not found`, { name, kind: plural });
}

function conflict({ name }: KubePath): KubeAnswer {
  return statusAnswer(409, 'Conflict', `${name}: the object has been modified`);
}

function addedLine(object: StoredObject): string {
  return line('ADDED', object);
}

function eventLine({ type, object }: HistoryEvent): string {
  return line(type, object);
}

function bookmarkLine(revision: number, isEnd = false): string {
  const annotations = isEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  return line('BOOKMARK', { metadata: { resourceVersion: String(revision), ...annotations } });
}

function expiredLine(asked: string): string {
  return line('ERROR', statusObject(410, 'Expired', `too old resource version: ${asked}`));
}

function line(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

function readToken(token: string | null): { readonly revision: number; readonly start: number } | undefined {
  if (token === null) return undefined;
  const [revision, start] = token.split('.').map(Number);
  return { revision: revision ?? 0, start: start ?? 0 };
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const base = target !== null && typeof target === 'object' ? target : {};
  const merged = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
