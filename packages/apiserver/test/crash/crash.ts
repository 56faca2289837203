import { setTimeout as pause } from 'node:timers/promises';
import { type Random, seeded } from '@pullpath/testkit';
import { type Client, clientOf } from './client.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { Watcher } from './watcher.ts';
import { type Collection, configMaps, type Known, leases, mirrorSets, secrets, Writer } from './writer.ts';

export interface CrashResult {
  /** What contradicts a promise of the server, in words; empty when every promise was kept. */
  readonly broken: readonly string[];
  readonly acknowledged: number;
  readonly events: number;
  /** Watches that went on where they were, and those that were told to list anew. */
  readonly resumed: number;
  readonly expired: number;
  readonly slowestStartMs: number;
}

const collections = [configMaps, secrets, leases, mirrorSets];

/** Kills a server at random points of its start and of its work, and holds what comes back against what was promised. */
export async function crash(directory: string, seed: number, points: number): Promise<CrashResult> {
  const run = new CrashRun(directory, seeded(seed));
  for (let point = 0; point < points; point++) await run.point();
  await run.check();
  return run.result();
}

class CrashRun {
  readonly #directory: string;
  readonly #random: Random;
  readonly #writers: readonly Writer[];
  readonly #watchers: readonly Watcher[];
  readonly #broken: string[] = [];
  #newest = 0;
  #slowestStartMs = 0;

  constructor(directory: string, random: Random) {
    this.#directory = directory;
    this.#random = random;
    this.#writers = collections.flatMap((collection) =>
      ['one', 'two'].map((name) => new Writer(collection, name, random)),
    );
    this.#watchers = collections.flatMap((collection) => [new Watcher(collection), new Watcher(collection)]);
  }

  /** One start, one kill. */
  async point(): Promise<void> {
    if (this.#newest > 0 && this.#random.oneIn(6)) await this.#killWhileStarting();
    else await this.#killUnderLoad();
  }

  /** One start that is looked at and ended in peace. */
  async check(): Promise<void> {
    const { server, client } = await this.#started();
    await this.#compare(client);
    client.close();
    server.child.kill('SIGTERM');
    await server.kill();
  }

  result(): CrashResult {
    const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
    return {
      broken: this.#broken,
      acknowledged: sum(this.#writers.map(({ acknowledged }) => acknowledged)),
      events: sum(this.#watchers.map(({ events }) => events)),
      resumed: sum(this.#watchers.map(({ resumed }) => resumed)),
      expired: sum(this.#watchers.map(({ expired }) => expired)),
      slowestStartMs: this.#slowestStartMs,
    };
  }

  async #killWhileStarting(): Promise<void> {
    const server = startServerProcess(this.#directory);
    await pause(this.#random.below(this.#slowestStartMs));
    await server.kill();
  }

  async #killUnderLoad(): Promise<void> {
    const { server, client } = await this.#started();
    await this.#compare(client);
    const load = [...this.#writers, ...this.#watchers].map((one) => one.run(client));
    await pause(5 + this.#random.below(200));
    await server.kill();
    await Promise.all(load);
    client.close();
  }

  async #started(): Promise<{ server: ServerProcess; client: Client }> {
    const server = startServerProcess(this.#directory);
    const url = await server.ready;
    if (url === undefined) throw new Error(`the server did not start: ${server.said()}`);
    this.#slowestStartMs = Math.max(this.#slowestStartMs, server.startMs());
    return { server, client: clientOf(url, this.#directory) };
  }

  async #compare(client: Client): Promise<void> {
    for (const collection of collections) {
      const items = await this.#list(client, collection);
      for (const writer of this.#of(this.#writers, collection)) this.#compareWriter(writer, items);
      await this.#compareWatchers(client, collection);
    }
  }

  async #list(client: Client, collection: Collection): Promise<Map<string, Known['acknowledged']>> {
    const { body } = await client.ask('GET', collection.path);
    this.#sees(Number(body.metadata.resourceVersion), `the list of ${collection.path}`);
    return new Map(
      body.items.map((item: { metadata: { name: string; resourceVersion: string } }) => [
        item.metadata.name,
        { text: collection.textOf(item as never), version: Number(item.metadata.resourceVersion) },
      ]),
    );
  }

  /** Versions never go back. */
  #sees(version: number, where: string): void {
    const seen = [...this.#writers.map(({ newest }) => newest), ...this.#watchers.map((watcher) => watcher.version)];
    this.#newest = Math.max(this.#newest, ...seen);
    if (version < this.#newest) this.#broken.push(`${where} is at ${version} after ${this.#newest}`);
    this.#newest = Math.max(this.#newest, version);
  }

  #compareWriter(writer: Writer, items: ReadonlyMap<string, Known['acknowledged']>): void {
    for (const [name, known] of writer.known) {
      const found = items.get(name);
      const isKept = found?.text === known.acknowledged?.text && found?.version === known.acknowledged?.version;
      const isAsked = known.asked !== undefined && found?.text === known.asked.text;
      if (!isKept && !isAsked) this.#broken.push(`${writer.collection.path}/${name} is not what was acknowledged`);
      known.acknowledged = found;
      known.asked = undefined;
    }
  }

  /** A last change, up to which every watch must come; then it has seen what the list shows. */
  async #compareWatchers(client: Client, collection: Collection): Promise<void> {
    const path = `${collection.path}/mark?fieldManager=mark&force=true`;
    const { body } = await client.ask('PATCH', path, collection.object('mark', String(this.#newest)));
    const version = Number(body.metadata.resourceVersion);
    this.#sees(version, 'a new change');
    const items = await this.#list(client, collection);
    for (const watcher of this.#of(this.#watchers, collection)) {
      await watcher.run(client, version);
      if (textOf(watcher.state) !== textOf(items)) this.#broken.push(`a watch of ${collection.path} lost something`);
    }
  }

  #of<T extends { readonly collection: Collection }>(all: readonly T[], collection: Collection): T[] {
    return all.filter((one) => one.collection === collection);
  }
}

function textOf(state: ReadonlyMap<string, Known['acknowledged']>): string {
  return JSON.stringify([...state].sort(([one], [other]) => (one < other ? -1 : 1)));
}
