import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern, mirrorPattern, sourcePattern } from '../../src/schema/patterns.ts';
import { compileRegex } from '../../src/schema/regex/index.ts';

const pieces = fc.constantFrom(
  'a',
  'B',
  '9',
  '.',
  '-',
  '_',
  '/',
  ':',
  '*',
  '*.',
  '@',
  ' ',
  '\n',
  'quay.io',
  ':5000',
  '__',
);

test.each([
  ['mirrors', mirrorPattern],
  ['sources', sourcePattern],
])('the hand-written matcher of %s accepts what the published pattern accepts', (_, pattern) => {
  const regex = compileRegex(pattern);
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 10 }), (parts) => {
      const text = parts.join('');
      expect(matchesPattern(pattern, text)).toBe(regex.test(text));
    }),
    { numRuns: 5000 },
  );
});
