import { KubeError } from '../client/kube-error.ts';
import { compareResourceVersions } from '../objects/resource-version.ts';

/** A watch went back in history. */
export class BrokenHistory extends KubeError {}

/**
 * The place of a watch in the history of its collection. Within one watch versions only grow, so that one that goes back
 * tells of a replay, or of a server with an older state: either way only a new list gives the truth.
 */
export class EventOrder {
  #version: string;

  constructor(version: string) {
    this.#version = version;
  }

  /** The version after which the next watch goes on. */
  get version(): string {
    return this.#version;
  }

  /** Takes the version of an event. False for one that was there already. Throws `BrokenHistory` for one that goes back. */
  advance(version: string): boolean {
    if (version === this.#version) return false;
    const order = compareResourceVersions(version, this.#version);
    if (order !== undefined && order < 0)
      throw new BrokenHistory('kube-protocol', `a watch went back from version ${this.#version} to ${version}`);
    this.#version = version;
    return true;
  }
}
