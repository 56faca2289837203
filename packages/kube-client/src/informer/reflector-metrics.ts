/** What a reflector did so far. */
export interface ReflectorMetrics {
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  readonly bookmarks: number;
  /** Lists that became necessary because the history was gone or made no sense. */
  readonly relists: number;
  readonly failures: number;
  /** Monotonic milliseconds of the last byte from the server; what is read from the store is at most this old. */
  readonly contactAt: number | undefined;
}

export const noReflectorMetrics: ReflectorMetrics = {
  lists: 0,
  watches: 0,
  events: 0,
  bookmarks: 0,
  relists: 0,
  failures: 0,
  contactAt: undefined,
};
