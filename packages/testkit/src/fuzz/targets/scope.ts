import { compileRegex, mirrorPattern, sourcePattern } from '@pullpath/api';
import { isMirrorLocation, isMirrorSource, isNested, isValidScope, matchPrefix } from '@pullpath/oci';
import { normalizeLocation } from '@pullpath/pull-config';
import { mutated } from '../mutate.ts';
import { nameTokens, scope as scopeText } from '../names.ts';
import { expectThat, type FuzzTarget } from '../target.ts';

const mirrors = compileRegex(mirrorPattern);
const sources = compileRegex(sourcePattern);

/** Scopes and locations: the hand-written matchers know the language of the published patterns. */
export const scope: FuzzTarget = {
  name: 'scope',
  generate: (random) => mutated(random, scopeText(random), nameTokens),
  check(input) {
    expectThat(isMirrorLocation(input) === mirrors.test(input), 'mirrors are what the pattern of the CRD says');
    expectThat(isMirrorSource(input) === sources.test(input), 'sources are what the pattern of the CRD says');
    if (isMirrorSource(input)) expectThat(isValidScope(input), 'a source is a scope');
    expectThat(isNested(input, input), 'a scope is inside itself');
    if (!input.startsWith('*.')) expectThat(matchPrefix(input, input) === input.length, 'a name matches itself');
    normalizeLocation(input);
  },
};
