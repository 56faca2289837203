import type { Environment } from '@marcbachmann/cel-js';
import { parseDuration } from './duration.ts';

/** The string functions of CEL's `ext/strings` that the CEL package lacks, or does otherwise than Go. */
export function registerStrings(environment: Environment): void {
  environment
    .registerFunction(
      'string.asciiLower(): string',
      (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
      sync,
    )
    .registerFunction(
      'string.asciiUpper(): string',
      (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
      sync,
    )
    .registerFunction('string.charAt(int): string', characterAt, sync)
    .registerFunction(
      'string.replace(string, string): string',
      (text: string, from: string, to: string) => text.replaceAll(from, () => to),
      sync,
    )
    .registerFunction('string.replace(string, string, int): string', replaceSome, sync)
    .registerFunction('string.reverse(): string', (text: string) => Array.from(text).toReversed().join(''), sync)
    .registerFunction('goDuration(string): google.protobuf.Duration', durationOf, sync);
}

const sync = { async: false };

function characterAt(text: string, index: bigint): string {
  const characters = Array.from(text);
  if (index < 0n || index > BigInt(characters.length)) throw new RangeError(`index out of range: ${index}`);
  return characters[Number(index)] ?? '';
}

function replaceSome(text: string, from: string, to: string, limit: bigint): string {
  if (limit < 0n) return text.replaceAll(from, () => to);
  const parts = text.split(from);
  const replaced = Math.min(Number(limit), parts.length - 1);
  return (
    parts.slice(0, replaced + 1).join(to) +
    parts
      .slice(replaced + 1)
      .map((part) => from + part)
      .join('')
  );
}

function durationOf(text: string): unknown {
  const duration = parseDuration(text);
  if (duration === undefined) throw new RangeError(`not a duration: ${JSON.stringify(text)}`);
  return duration;
}
