import type { KubeObject } from '../objects/object.ts';

/** What happened to an object of a store, with its state before and after. */
export type Change<T extends KubeObject> =
  | { readonly type: 'added'; readonly object: T; readonly cause: ChangeCause }
  | { readonly type: 'updated'; readonly old: T; readonly object: T; readonly cause: ChangeCause }
  /** `finalStateUnknown`: it went while nobody watched, `object` is the last state seen. */
  | {
      readonly type: 'deleted';
      readonly object: T;
      readonly finalStateUnknown: boolean;
      readonly cause: ChangeCause;
    };

/** `relist`: found by comparing with a new list. `resync`: nothing happened, everything is looked at again. */
export type ChangeCause = 'watch' | 'relist' | 'resync';

export type ChangeHandler<T extends KubeObject> = (change: Change<T>) => void;
