import { Failure } from '../framework/diagnostic.ts';
import type { Log } from '../plugin/log.ts';
import type { Ocm } from './ocm.ts';
import type { ConnectionSettings } from './settings.ts';
import { type Turns, turns } from './turns.ts';

/** What a configured provider gives to its resources. */
export interface Context {
  /** The connection; made at the first call, so that a plan which needs none sends nothing. */
  ocm(): Promise<Ocm>;
  /** Lets one write per cluster through at a time: parallel ones are what the API answers with 409. */
  readonly writes: Turns;
  /** The published provider's behaviour to the letter, see `compatibility.ts`. */
  readonly published: boolean;
  readonly log: Log;
}

/** Opens a connection from settings. */
export type Connect = (settings: ConnectionSettings, log: Log) => Promise<Ocm>;

/** The context of a provider whose settings are known. */
export function openContext(settings: ConnectionSettings, connect: Connect, published: boolean, log: Log): Context {
  let connection: Promise<Ocm> | undefined;
  return {
    ocm: () => {
      connection ??= connect(settings, log);
      return connection;
    },
    writes: turns(),
    published,
    log,
  };
}

/** The context of a provider block with attributes that are only known after apply: it fails where a call is needed. */
export function pendingContext(unknown: readonly string[], published: boolean, log: Log): Context {
  const names = unknown.join(', ');
  const detail = `The provider cannot connect yet: ${names} in its provider block will be known only after apply. Apply what they come from first (terraform apply -target=...).`;
  const ocm = (): Promise<Ocm> => Promise.reject(new Failure('Provider Not Connected', detail));
  return { ocm, writes: turns(), published, log };
}
