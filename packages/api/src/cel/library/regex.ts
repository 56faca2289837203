import type { Environment } from '@marcbachmann/cel-js';
import { matchesPattern, regexOf } from '../../schema/patterns.ts';
import type { Match } from '../../schema/regex/index.ts';

/** `matches`, `find` and `findAll` in linear time. */
export function registerRegex(environment: Environment): void {
  environment
    .registerFunction('string.linearMatches(string): bool', matches, sync)
    .registerFunction('linearMatches(string, string): bool', matches, sync)
    .registerFunction('string.find(string): string', find, sync)
    .registerFunction('string.findAll(string): list<string>', findAll, sync)
    .registerFunction('string.findAll(string, int): list<string>', findAll, sync);
}

const sync = { async: false };

function matches(text: string, pattern: string): boolean {
  return matchesPattern(pattern, text);
}

function find(text: string, pattern: string): string {
  return textOf(text, regexOf(pattern).find(text));
}

function findAll(text: string, pattern: string, limit = -1n): string[] {
  const most = limit < 0n ? Number.POSITIVE_INFINITY : Number(limit);
  return regexOf(pattern)
    .findAll(text, most)
    .map((match) => textOf(text, match));
}

function textOf(text: string, match: Match | undefined): string {
  return match ? text.slice(match.start, match.end) : '';
}
