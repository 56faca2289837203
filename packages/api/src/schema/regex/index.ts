import { createTester } from './automaton.ts';
import { findMatch, type Match } from './find.ts';
import { parseRegex } from './parse.ts';
import { compileProgram } from './program.ts';
import { groupNames, replaceAll } from './replace.ts';

export type { Match } from './find.ts';
export { RegexSyntaxError } from './node.ts';

/** A compiled pattern. Matching costs time linear in the text, whatever the pattern. */
export interface Regex {
  /** True when the pattern matches somewhere in the text, as Go's `MatchString`. */
  test(text: string): boolean;
  /** The leftmost match at or after `from`. */
  find(text: string, from?: number): Match | undefined;
  /** Matches from left to right that do not overlap, at most `limit` of them. */
  findAll(text: string, limit?: number): readonly Match[];
  /** Every match replaced by a template with `$1`, `${name}` and `$$`, as Go's `ReplaceAllString`. */
  replaceAll(text: string, template: string): string;
}

/**
 * Instructions that one `find`, `findAll` or `replaceAll` may visit, more for a longer text: the latter two are quadratic
 * for patterns that look far ahead.
 */
const maxSteps = 1_000_000;
const maxStepsPerUnit = 20;

/** Compiles RE2 syntax (the part of `parseRegex`). Throws `RegexSyntaxError`. */
export function compileRegex(pattern: string): Regex {
  const node = parseRegex(pattern);
  const program = compileProgram(node, pattern);
  const find = (text: string, from: number, spend: (steps: number) => void): Match | undefined => {
    const match = findMatch(program, text, from, spend);
    return match && { start: match.start, end: match.end };
  };
  return {
    test: createTester(program),
    find: (text, from = 0) => find(text, from, createBudget(text)),
    findAll(text, limit = Number.POSITIVE_INFINITY) {
      const spend = createBudget(text);
      return collectMatches(text, limit, (from) => find(text, from, spend));
    },
    replaceAll(text, template) {
      const spend = createBudget(text);
      const capturing = compileProgram(node, pattern, true);
      return replaceAll(text, template, groupNames(node), (from) => findMatch(capturing, text, from, spend));
    },
  };
}

function createBudget(text: string): (steps: number) => void {
  let left = maxSteps + maxStepsPerUnit * text.length;
  return (steps) => {
    left -= steps;
    if (left < 0) throw new RangeError('the pattern takes too many steps on this text');
  };
}

/** An empty match right behind another match does not count, as in Go. */
function collectMatches(text: string, limit: number, find: (from: number) => Match | undefined): readonly Match[] {
  const matches: Match[] = [];
  for (let from = 0, lastEnd = -1; from <= text.length && matches.length < limit; ) {
    const match = find(from);
    if (!match) break;
    const empty = match.end === match.start;
    if (!empty || match.start !== lastEnd) matches.push(match);
    lastEnd = match.end;
    from = empty ? match.end + ((text.codePointAt(match.end) ?? 0) > 0xffff ? 2 : 1) : match.end;
  }
  return matches;
}
