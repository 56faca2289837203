import type { OcmClient } from '@pullpath/ocm-api/client';
import { Failure } from '../framework/diagnostic.ts';
import type { Log } from '../plugin/log.ts';
import type { Outlook } from '../preview/outlook.ts';
import { type OncePerKey, oncePerKey } from './once.ts';
import { tellsOfNodes } from './own-server.ts';
import { publishedClient } from './published-client.ts';
import { reasonOf } from './reason.ts';
import type { ConnectionSettings } from './settings.ts';
import { type Turns, turns } from './turns.ts';

/** What a configured provider gives to its resources. */
export interface Context {
  /** The connection; made at the first call, so that a plan which needs none cannot fail for want of it. */
  client(): OcmClient;
  /** Lets one write per cluster through at a time: parallel ones are what the API answers with 409. */
  readonly writes: Turns;
  /** The published provider's behaviour to the letter, see `compatibility.ts`. */
  readonly published: boolean;
  /** Whether the server tells which nodes a change reaches, so that plans ask it. */
  readonly tellsOfNodes: () => Promise<boolean>;
  /** What is known of clusters before their mirrors change, asked once per cluster. */
  readonly outlooks: OncePerKey<Outlook>;
  /** Clusters whose rollout a plan has told of. */
  readonly told: Set<string>;
  readonly log: Log;
}

/** Opens a connection from settings; may throw for settings that cannot work. */
export type Connect = (settings: ConnectionSettings, log: Log) => OcmClient;

/** The context of a provider whose settings are known. */
export function openContext(settings: ConnectionSettings, connect: Connect, published: boolean, log: Log): Context {
  let connection: OcmClient | undefined;
  const client = (): OcmClient => {
    connection ??= connected(() => (published ? publishedClient(connect(settings, log)) : connect(settings, log)));
    return connection;
  };
  return {
    ...contextOf(client, published, log),
    tellsOfNodes: async () => !published && tellsOfNodes(settings, client),
  };
}

function connected(connect: () => OcmClient): OcmClient {
  try {
    return connect();
  } catch (cause) {
    throw new Failure('Provider Not Connected', reasonOf(cause), { cause });
  }
}

/** The context of a provider block with attributes that are only known after apply: it fails where a call is needed. */
export function pendingContext(unknown: readonly string[], published: boolean, log: Log): Context {
  const names = unknown.join(', ');
  const detail = `The provider cannot connect yet: ${names} in its provider block will be known only after apply. Apply what they come from first (terraform apply -target=...).`;
  const client = (): OcmClient => {
    throw new Failure('Provider Not Connected', detail);
  };
  return contextOf(client, published, log);
}

function contextOf(client: () => OcmClient, published: boolean, log: Log): Context {
  return {
    client,
    writes: turns(),
    published,
    tellsOfNodes: async () => false,
    outlooks: oncePerKey(),
    told: new Set(),
    log,
  };
}
