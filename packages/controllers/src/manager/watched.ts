import type { IndexFunction, KubeObject, Resource, Selection } from '@pullpath/kube-client';
import type { LiveObject } from './live-object.ts';

/**
 * A collection that controllers look at. Declare each once, as a constant: all controllers of an API share one informer for
 * it. A resource that the server does not serve is an empty collection until it does.
 */
export interface Watched<T extends KubeObject = LiveObject> {
  readonly resource: Resource<T>;
  readonly selection?: Selection | undefined;
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>> | undefined;
  /** Cuts what no controller reads off before an object is kept. */
  readonly transform?: ((object: T) => T) | undefined;
}
