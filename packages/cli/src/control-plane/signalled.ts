/** Aborted by SIGTERM or Ctrl-C, for programs that end cleanly. A second one ends the program at once, with 130. */
export function whenSignalled(): AbortSignal {
  const stop = new AbortController();
  // The program's own handler would end at once.
  process.removeAllListeners('SIGINT');
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      stop.abort();
      process.once(name, () => process.exit(130));
    });
  }
  return stop.signal;
}
