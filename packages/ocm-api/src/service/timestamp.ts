/** A time as the API writes it: UTC, whole seconds. The Terraform provider keeps no fraction, so that there is none to lose. */
export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Now, or the second after `before` where that is not over yet: an update is always later than what it updates. */
export function laterThan(before: string, now: string): string {
  const last = Date.parse(before);
  return Number.isNaN(last) || Date.parse(now) > last ? now : timestamp(last + 1000);
}
