const unitsInMilliseconds: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** A Go duration such as `90m` as Go prints it, `1h30m0s`; undefined for text that is none. Finer than ms is not read. */
export function goDuration(text: string): string | undefined {
  const milliseconds = durationMs(text);
  return milliseconds === undefined ? undefined : formatted(milliseconds);
}

/** The milliseconds of a Go duration such as `90m`; undefined for text that is none. */
export function durationMs(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|h|m|s)/gy)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return text === '0' ? 0 : undefined;
  const total = parts.reduce(
    (sum, [, number, unit = '']) => sum + Number(number) * (unitsInMilliseconds.get(unit) ?? 0),
    0,
  );
  return Math.round(total);
}

function formatted(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 1000) return `${milliseconds}ms`;
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = `${(milliseconds % 60_000) / 1000}s`;
  if (minutes === 0) return seconds;
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}
