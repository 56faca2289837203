import type { Random } from '@pullpath/testkit';
import type { Client } from './client.ts';

/** What a writer knows of one object: its state is the last that was acknowledged, or the one that was asked for after it. */
export interface Known {
  /** Absent when the object was deleted, or never was. */
  acknowledged: ObjectState | undefined;
  /** A change that was sent and never answered: it may have happened. */
  asked: { readonly text: string | undefined } | undefined;
}

export interface ObjectState {
  readonly text: string;
  readonly version: number;
}

export interface Collection {
  readonly path: string;
  object(name: string, text: string): object;
  textOf(object: { readonly [field: string]: unknown }): string;
}

export const configMaps: Collection = {
  path: '/api/v1/namespaces/default/configmaps',
  object: (name, text) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { text } }),
  textOf: ({ data }) => (data as { text: string }).text,
};

export const secrets: Collection = {
  path: '/api/v1/namespaces/default/secrets',
  object: (name, text) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: { text: btoa(text) } }),
  textOf: ({ data }) => atob((data as { text: string }).text),
};

// Leases are not logged: their state must survive all the same.
export const leases: Collection = {
  path: '/apis/coordination.k8s.io/v1/namespaces/default/leases',
  object: (name, text) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name },
    spec: { holderIdentity: text },
  }),
  textOf: ({ spec }) => (spec as { holderIdentity: string }).holderIdentity,
};

export const mirrorSets: Collection = {
  path: '/apis/config.openshift.io/v1/imagedigestmirrorsets',
  object: (name, text) => ({
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: { name, annotations: { text } },
    spec: { imageDigestMirrors: [{ source: 'registry.example.com/team', mirrors: ['mirror.example.com/team'] }] },
  }),
  textOf: ({ metadata }) => (metadata as { annotations: { text: string } }).annotations.text,
};

/** One client that changes objects of its own, one change after another, and remembers what it was promised. */
export class Writer {
  readonly known = new Map<string, Known>();
  readonly collection: Collection;
  readonly #prefix: string;
  readonly #random: Random;
  acknowledged = 0;
  newest = 0;

  constructor(collection: Collection, prefix: string, random: Random) {
    this.collection = collection;
    this.#prefix = prefix;
    this.#random = random;
  }

  /** Changes objects until a request fails because the server is gone. */
  async run(client: Client): Promise<void> {
    for (;;) {
      try {
        await this.#change(client);
      } catch (error) {
        if (isGone(error)) return;
        throw error;
      }
    }
  }

  async #change(client: Client): Promise<void> {
    const name = `${this.#prefix}-${this.#random.below(6)}`;
    const known = this.#knownOf(name);
    if (known.acknowledged && this.#random.oneIn(4)) await this.#delete(client, name, known);
    else await this.#apply(client, name, known);
  }

  async #apply(client: Client, name: string, known: Known): Promise<void> {
    const text = `${this.#random.below(1_000_000)} ${'x'.repeat(this.#random.below(3000))}`;
    known.asked = { text };
    const path = `${this.collection.path}/${name}?fieldManager=${this.#prefix}&force=true`;
    const { status, body } = await client.ask('PATCH', path, this.collection.object(name, text));
    if (status !== 200 && status !== 201) throw new Error(`apply gave ${status}: ${JSON.stringify(body)}`);
    this.#acknowledge(known, { text, version: Number(body.metadata.resourceVersion) });
  }

  async #delete(client: Client, name: string, known: Known): Promise<void> {
    known.asked = { text: undefined };
    const { status, body } = await client.ask('DELETE', `${this.collection.path}/${name}`);
    if (status !== 200) throw new Error(`delete gave ${status}: ${JSON.stringify(body)}`);
    this.#acknowledge(known, undefined);
  }

  #acknowledge(known: Known, state: ObjectState | undefined): void {
    if (state && state.version <= this.newest) throw new Error(`version ${state.version} came after ${this.newest}`);
    this.newest = state?.version ?? this.newest;
    known.acknowledged = state;
    known.asked = undefined;
    this.acknowledged++;
  }

  #knownOf(name: string): Known {
    const known = this.known.get(name) ?? { acknowledged: undefined, asked: undefined };
    this.known.set(name, known);
    return known;
  }
}

const goneCodes = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Whether a request failed because the server was killed. */
export function isGone(error: unknown): boolean {
  return goneCodes.has((error as NodeJS.ErrnoException).code ?? '');
}
