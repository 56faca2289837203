import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { NodeRoot } from '../root/node-root.ts';

/**
 * Tells soon after something happens in a directory. It is an ear, not a promise: where the system gives no more watches, or
 * a directory goes, there is silence, and whoever relies on it looks now and then.
 */
export class FileWatch {
  readonly #root: NodeRoot;
  readonly #heard: () => void;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(root: NodeRoot, heard: () => void) {
    this.#root = root;
    this.#heard = heard;
  }

  /** Listens to these directories of the node and to no others. */
  follow(directories: readonly string[]): void {
    const wanted = new Set(directories);
    for (const directory of this.#watchers.keys()) if (!wanted.has(directory)) this.#stop(directory);
    for (const directory of wanted) if (!this.#watchers.has(directory)) this.#start(directory);
  }

  close(): void {
    this.follow([]);
  }

  #start(directory: string): void {
    try {
      const watcher = watch(join(this.#root.directory, directory), { persistent: false });
      watcher.on('change', () => this.#heard());
      watcher.on('error', () => this.#stop(directory));
      this.#watchers.set(directory, watcher);
    } catch (error) {
      // No such directory, or no watches left: looking now and then remains.
      if (!(error instanceof Error)) throw error;
    }
  }

  #stop(directory: string): void {
    this.#watchers.get(directory)?.close();
    this.#watchers.delete(directory);
  }
}
