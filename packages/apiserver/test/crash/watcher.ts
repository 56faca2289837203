import type { IncomingMessage } from 'node:http';
import type { Client } from './client.ts';
import { type Collection, isGone } from './writer.ts';

/** One client that follows a collection over every crash of the server, and believes only what comes in order. */
export class Watcher {
  readonly collection: Collection;
  /** Texts and versions by name. */
  readonly state = new Map<string, { text: string; version: number }>();
  version = 0;
  expired = 0;
  resumed = 0;
  events = 0;

  constructor(collection: Collection) {
    this.collection = collection;
  }

  /** Lists anew where the past is gone, then watches until the server is gone or has sent everything up to `until`. */
  async run(client: Client, until = Number.POSITIVE_INFINITY): Promise<void> {
    while (this.version < until) {
      try {
        if (this.version === 0) await this.#list(client);
        else await this.#watch(client, until);
      } catch (error) {
        if (isGone(error)) return;
        throw error;
      }
    }
  }

  async #list(client: Client): Promise<void> {
    const { body } = await client.ask('GET', this.collection.path);
    this.state.clear();
    for (const item of body.items) this.#put(item);
    this.version = Number(body.metadata.resourceVersion);
  }

  async #watch(client: Client, until: number): Promise<void> {
    const query = `watch=true&allowWatchBookmarks=true&resourceVersion=${this.version}`;
    const stream = await client.open(`${this.collection.path}?${query}`);
    this.resumed++;
    for await (const line of linesOf(stream)) {
      this.#see(JSON.parse(line));
      if (this.version === 0 || this.version >= until) return;
    }
  }

  #see({ type, object }: WatchEvent): void {
    if (type === 'ERROR') {
      if (object.code !== 410) throw new Error(`a watch ended with ${JSON.stringify(object)}`);
      this.version = 0;
      this.expired++;
      return;
    }
    const version = Number(object.metadata.resourceVersion);
    if (version < this.version || (version === this.version && type !== 'BOOKMARK'))
      throw new Error(`${type} ${version} came after ${this.version}`);
    this.version = version;
    this.#believe(type, object);
  }

  #believe(type: WatchEvent['type'], object: WatchEvent['object']): void {
    if (type === 'BOOKMARK') return;
    this.events++;
    const { name } = object.metadata;
    if ((type === 'ADDED') === this.state.has(name)) throw new Error(`${type} of ${name} contradicts what came before`);
    if (type === 'DELETED') this.state.delete(name);
    else this.#put(object);
  }

  #put(object: WatchEvent['object']): void {
    const { name, resourceVersion } = object.metadata;
    this.state.set(name, { text: this.collection.textOf(object), version: Number(resourceVersion) });
  }
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: {
    readonly code?: number;
    readonly metadata: { readonly name: string; readonly resourceVersion: string };
    readonly [field: string]: unknown;
  };
}

/** Whole lines: one that the crash cut is no event. */
async function* linesOf(stream: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = `${rest}${chunk as string}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
