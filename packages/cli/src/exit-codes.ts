/** What every command answers with (DESIGN 4). */
export const exitCodes = {
  done: 0,
  /** Lint problems, a diff that is not empty, a pull that would fail, refused input. */
  findings: 1,
  usage: 2,
  /** I/O, network or server. */
  failed: 3,
  partial: 4,
  interrupted: 130,
} as const;
