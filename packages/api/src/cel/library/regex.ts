import { regexOf } from '../../schema/patterns.ts';
import { type Match, type Regex, RegexSyntaxError } from '../../schema/regex/index.ts';
import type { Implementations } from '../run/functions/implementation.ts';
import { CelFailure } from '../run/values.ts';

/** `matches`, `find` and `findAll` in linear time. */
export const regularExpressions: Implementations = {
  matches,
  matches_string: matches,
  string_find_string: find,
  string_find_all_string: (text: string, pattern: string) => findAll(text, pattern),
  string_find_all_string_int: findAll,
};

function matches(text: string, pattern: string): boolean {
  return compiled(pattern, '').test(text);
}

function find(text: string, pattern: string): string {
  return textOf(text, compiled(pattern, 'Illegal regex: ').find(text));
}

function findAll(text: string, pattern: string, limit = -1n): string[] {
  const most = limit < 0n ? Number.POSITIVE_INFINITY : Number(limit);
  return compiled(pattern, 'Illegal regex: ')
    .findAll(text, most)
    .map((match) => textOf(text, match));
}

function textOf(text: string, match: Match | undefined): string {
  return match ? text.slice(match.start, match.end) : '';
}

function compiled(pattern: string, prefix: string): Regex {
  try {
    return regexOf(pattern);
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw new CelFailure(`${prefix}${error.message}`, { cause: error });
    throw error;
  }
}
