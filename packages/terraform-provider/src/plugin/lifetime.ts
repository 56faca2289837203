/** Milliseconds between two looks at whether core is still there. */
const orphanInterval = 1000;

/**
 * Ends the process with core: on SIGTERM, and when the parent is gone (core killed hard leaves its plug-ins behind).
 * SIGINT reaches the whole process group of a terminal and is left to core, which calls StopProvider.
 */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  process.on('SIGINT', () => {});
  process.on('SIGTERM', end).on('SIGHUP', end);
  setInterval(() => process.ppid !== parent && end(), orphanInterval).unref();
}

/** Ends the process on the first signal: a plug-in that was started by hand. */
export function endOnSignal(end: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
}
