import { CelFailure, type Duration } from '../values.ts';
import type { Implementation, Implementations } from './implementation.ts';

const getters: Readonly<Record<string, (time: Date) => number>> = {
  year: (time) => time.getUTCFullYear(),
  month: (time) => time.getUTCMonth(),
  day_of_year: (time) => Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000),
  day_of_month: (time) => time.getUTCDate() - 1,
  day_of_month_1_based: (time) => time.getUTCDate(),
  day_of_week: (time) => time.getUTCDay(),
  hours: (time) => time.getUTCHours(),
  minutes: (time) => time.getUTCMinutes(),
  seconds: (time) => time.getUTCSeconds(),
  milliseconds: (time) => time.getUTCMilliseconds(),
};

/** Parts of timestamps, in UTC or a zone, and whole units of durations. */
export const time: Implementations = {
  ...Object.fromEntries(Object.entries(getters).flatMap(([name, read]) => withZone(name, read))),
  duration_to_hours: ({ nanoseconds }: Duration) => nanoseconds / 3_600_000_000_000n,
  duration_to_minutes: ({ nanoseconds }: Duration) => nanoseconds / 60_000_000_000n,
  duration_to_seconds: ({ nanoseconds }: Duration) => nanoseconds / 1_000_000_000n,
  duration_to_milliseconds: ({ nanoseconds }: Duration) => nanoseconds / 1_000_000n,
};

function withZone(name: string, read: (time: Date) => number): [string, Implementation][] {
  return [
    [`timestamp_to_${name}`, (moment: Date) => BigInt(read(moment))],
    [`timestamp_to_${name}_with_tz`, (moment: Date, zone: string) => BigInt(read(inZone(moment, zone)))],
  ];
}

/** The time whose parts in UTC are those of the moment in a zone: an offset such as `+02:00`, or a name. */
function inZone(moment: Date, zone: string): Date {
  const offset = /^([+-]?)(\d\d):(\d\d)$/.exec(zone);
  if (!offset) return inNamedZone(moment, zone);
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return new Date(moment.getTime() + (offset[1] === '-' ? -minutes : minutes) * 60_000);
}

function inNamedZone(moment: Date, zone: string): Date {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(moment);
    const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0);
    const ms = moment.getUTCMilliseconds();
    return new Date(
      Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'), ms),
    );
  } catch {
    throw new CelFailure(`unknown time zone ${zone}`);
  }
}
