import { Duration } from '../run/values.ts';

/** Nanoseconds of the units of Go's `time.ParseDuration`. */
const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/** Longer texts are no durations that anyone means; the limit keeps number parsing cheap. */
const maxLength = 100;

/** The CEL duration of a Go duration text such as `1h30m`, or undefined where the text is none. */
export function parseDuration(text: string): Duration | undefined {
  const nanoseconds = parseNanoseconds(text);
  return nanoseconds === undefined || BigInt.asIntN(64, nanoseconds) !== nanoseconds
    ? undefined
    : new Duration(nanoseconds);
}

/** The length in nanoseconds, or undefined. */
function parseNanoseconds(text: string): bigint | undefined {
  if (text.length > maxLength) return undefined;
  const negative = text.startsWith('-');
  let rest = negative || text.startsWith('+') ? text.slice(1) : text;
  if (rest === '0') return 0n;
  let total = 0n;
  do {
    const part = /^(\d*)(?:\.(\d*))?([a-zµμ]+)/.exec(rest);
    const unit = units.get(part?.[3] ?? '');
    if (!part || unit === undefined || (!part[1] && !part[2])) return undefined;
    total += BigInt(part[1] || '0') * unit + fractionOf(part[2] ?? '', unit);
    rest = rest.slice(part[0].length);
  } while (rest !== '');
  return negative ? -total : total;
}

function fractionOf(digits: string, unit: bigint): bigint {
  return digits === '' ? 0n : (BigInt(digits) * unit) / 10n ** BigInt(digits.length);
}
