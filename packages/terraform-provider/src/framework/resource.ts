import type { ObjectValue } from '../wire/values.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Plan } from './plan.ts';
import type { Schema } from './schema.ts';

/** What an operation may use: the configured connection, and a signal that ends it. */
export interface Call<C> {
  readonly context: C;
  readonly signal: AbortSignal;
}

/** What exists after an operation, and what there is to say about it. */
export interface Applied {
  readonly state: ObjectValue;
  readonly diagnostics?: readonly Diagnostic[];
}

/**
 * A kind of managed object. Operations throw a `Failure` when they could not be done: nothing exists after a failed
 * create, everything is as before after a failed update or delete.
 */
export interface Resource<C> {
  readonly schema: Schema;
  /** Faults between the attributes of a configuration. */
  validate?(config: ObjectValue): readonly Diagnostic[];
  /** Warnings about a plan. Never fails: what cannot be found out is not said. */
  preview?(prior: ObjectValue | null, plan: Plan, call: Call<C>): Promise<readonly Diagnostic[]>;
  create(planned: ObjectValue, call: Call<C>): Promise<Applied>;
  /** The object as it is, or null where it is gone. */
  read(state: ObjectValue, call: Call<C>): Promise<ObjectValue | null>;
  update(prior: ObjectValue, planned: ObjectValue, call: Call<C>): Promise<Applied>;
  delete(prior: ObjectValue, call: Call<C>): Promise<void>;
  /** The attributes by which `read` finds the object of an import id. */
  importState(id: string): ObjectValue;
}

/** A kind of thing that is only looked at. */
export interface DataSource<C> {
  readonly schema: Schema;
  read(config: ObjectValue, call: Call<C>): Promise<ObjectValue>;
}

/** A configured provider: its context, unless the diagnostics hold an error. */
export interface Configured<C> {
  readonly context: C | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Provider<C> {
  readonly schema: Schema;
  readonly resources: Readonly<Record<string, Resource<C>>>;
  readonly dataSources: Readonly<Record<string, DataSource<C>>>;
  configure(config: ObjectValue): Configured<C>;
}
