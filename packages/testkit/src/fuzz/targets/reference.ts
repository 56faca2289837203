import {
  familiarReference,
  formatReference,
  parseAnyReference,
  parseDockerRef,
  parseImageSpec,
  parseNormalizedNamed,
  parseReference,
} from '@pullpath/oci';
import { mutated } from '../mutate.ts';
import { nameTokens, reference as referenceText } from '../names.ts';
import { expectThat, type FuzzTarget } from '../target.ts';

/** Image references: what parses is what was written, and normal forms stay what they are. */
export const reference: FuzzTarget = {
  name: 'reference',
  generate: (random) => mutated(random, referenceText(random), nameTokens),
  check(input) {
    const parsed = parseReference(input);
    if (parsed.ok) expectThat(formatReference(parsed.value) === input, 'a parsed reference is written as it was read');
    normalFormIsStable(input);
    parseAnyReference(input);
    parseImageSpec(input);
  },
};

function normalFormIsStable(input: string): void {
  const named = parseNormalizedNamed(input);
  if (!named.ok) return;
  const text = formatReference(named.value);
  const again = parseNormalizedNamed(text);
  expectThat(again.ok && formatReference(again.value) === text, 'a normal form is its own normal form');
  // Not a way back for every name: "docker.io/a.b/c" becomes "a.b/c" upstream too.
  familiarReference(named.value);
  const pulled = parseDockerRef(input);
  expectThat(
    pulled.ok && (pulled.value.tag === undefined) !== (pulled.value.digest === undefined),
    'a pull has one of tag and digest',
  );
}
