import { keyOf } from '@pullpath/kube-client';
import { type NodePoolContent, nodePoolContent } from '@pullpath/pull-config';
import { fingerprint, nodePoolObjects, type Surroundings } from './surroundings.ts';

/** What NodePools are to have, made anew only when something that decides it has changed. One entry for each NodePool. */
export class ContentCache {
  readonly #known = new Map<string, { readonly of: string; readonly content: NodePoolContent }>();
  readonly #told = new Map<string, NodePoolContent>();

  get(surroundings: Surroundings): NodePoolContent {
    const key = keyOf(surroundings.pool);
    const of = fingerprint(surroundings);
    const known = this.#known.get(key);
    if (known?.of === of) return known.content;
    const content = nodePoolContent(nodePoolObjects(surroundings));
    this.#known.set(key, { of, content });
    return content;
  }

  /** True once for what was made anew. */
  isNews(key: string, content: NodePoolContent): boolean {
    if (this.#told.get(key) === content) return false;
    this.#told.set(key, content);
    return true;
  }

  forget(key: string): void {
    this.#known.delete(key);
    this.#told.delete(key);
  }
}
