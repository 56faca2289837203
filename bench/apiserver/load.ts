import { connect, type TLSSocket } from 'node:tls';
import { findKind, toCustomResourceDefinition } from '@pullpath/api';
import type { ApiAccess } from '@pullpath/testkit';
import { Pool } from 'undici';

const inFlight = 32;
const mirrorSets = '/apis/config.openshift.io/v1/imagedigestmirrorsets';
const configMaps = '/api/v1/namespaces/default/configmaps';

/** One client of an API server, with 32 connections of HTTP/1.1. */
export class Load {
  readonly #access: ApiAccess;
  readonly #pool: Pool;

  constructor(access: ApiAccess) {
    this.#access = access;
    this.#pool = new Pool(access.url, { connections: inFlight, connect: { ca: access.ca }, bodyTimeout: 0 });
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** Makes the server know ImageDigestMirrorSets, by the same definition everywhere. */
  async install(): Promise<void> {
    const kind = findKind('config.openshift.io/v1', 'ImageDigestMirrorSet');
    if (!kind) throw new Error('there is no such kind');
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    await this.#send('POST', path, 'application/json', toCustomResourceDefinition(kind));
    while ((await this.#get(mirrorSets)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Server-side applies a second of ten-rule ImageDigestMirrorSets, first new ones and then changed ones. */
  async applies(objects: number, rounds: number): Promise<number> {
    const start = performance.now();
    for (let round = 0; round < rounds; round++)
      await each(objects, (index) =>
        this.#apply(`${mirrorSets}/m${index}`, mirrorSet(`m${index}`, `mirror-${round}.example.com`)),
      );
    return (objects * rounds * 1000) / (performance.now() - start);
  }

  /** Milliseconds of each of some lists of everything. */
  async lists(rounds: number, expected: number): Promise<number[]> {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      const { text } = await this.#get(mirrorSets);
      times.push(performance.now() - start);
      if (round === 0 && JSON.parse(text).items.length !== expected) throw new Error('the list is not whole');
    }
    return times;
  }

  /** Events a second that arrive at watchers, each on a TLS connection of its own, while objects of 2 kB change. */
  async deliveries(watchers: number, changes: number): Promise<number> {
    const seen = { events: 0 };
    const sockets: TLSSocket[] = [];
    const path = `${configMaps}?watch=true&resourceVersion=${await this.#revision()}`;
    for (let count = 0; count < watchers; count++) sockets.push(await this.#watch(path, seen));
    const start = performance.now();
    await each(changes, (index) =>
      this.#apply(`${configMaps}/w${index % inFlight}`, configMap(`w${index % inFlight}`, index)),
    );
    while (seen.events < watchers * changes) await new Promise((resolve) => setTimeout(resolve, 2));
    const time = performance.now() - start;
    for (const socket of sockets) socket.destroy();
    return (watchers * changes * 1000) / time;
  }

  /** Makes objects of 2 kB that are there to stay. */
  async fill(objects: number): Promise<void> {
    await each(objects, (index) => this.#apply(`${configMaps}/f${index}`, configMap(`f${index}`, index)));
  }

  async #revision(): Promise<string> {
    return JSON.parse((await this.#get(configMaps)).text).metadata.resourceVersion;
  }

  async #apply(path: string, object: object): Promise<void> {
    await this.#send('PATCH', `${path}?fieldManager=bench&force=true`, 'application/apply-patch+yaml', object);
  }

  async #send(method: 'POST' | 'PATCH', path: string, type: string, object: object): Promise<void> {
    const headers = { authorization: `Bearer ${this.#access.token}`, 'content-type': type };
    const { statusCode, body } = await this.#pool.request({ method, path, headers, body: JSON.stringify(object) });
    const text = await body.text();
    if (statusCode > 201) throw new Error(`${method} ${path} gave ${statusCode}: ${text}`);
  }

  async #get(path: string): Promise<{ status: number; text: string }> {
    const headers = { authorization: `Bearer ${this.#access.token}` };
    const { statusCode, body } = await this.#pool.request({ method: 'GET', path, headers });
    return { status: statusCode, text: await body.text() };
  }

  /** A watcher that does as little as it can with what it gets: it counts. */
  #watch(path: string, seen: { events: number }): Promise<TLSSocket> {
    const { url, ca, token } = this.#access;
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), ca });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    return new Promise((resolve, reject) => {
      socket.once('error', reject).once('data', () => {
        socket.on('data', (chunk: Buffer) => {
          for (let at = chunk.indexOf(mark); at >= 0; at = chunk.indexOf(mark, at + mark.length)) seen.events++;
        });
        resolve(socket);
      });
    });
  }
}

// Ends each line; a piece of TLS that ends inside of it would hide one, so that it is as short as it can be.
const mark = Buffer.from('\n');

/** Does numbered work, always 32 at a time. */
async function each(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

/** About 2.5 kB on the server. */
function mirrorSet(name: string, host: string): object {
  const rules = Array.from({ length: 10 }, (_, index) => ({
    source: `registry.example.com/team-${index}/application`,
    mirrors: [`${host}:5000/team-${index}/application`, `second.${host}:5000/team-${index}/application`],
  }));
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: { name, annotations: { note: 'x'.repeat(300) } },
    spec: { imageDigestMirrors: rules },
  };
}

function configMap(name: string, index: number): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { text: `${index} ${'x'.repeat(1_700)}` } };
}
