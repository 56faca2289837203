import { mirrorPattern, sourcePattern } from '../schema/patterns.ts';
import type { Schema } from '../schema/schema.ts';
import { listOf, object, oneOf, text } from './fields.ts';

/** The values of `mirrorSourcePolicy`. */
export const mirrorSourcePolicies: readonly string[] = ['NeverContactSource', 'AllowContactingSource'];

/** The list of mirror entries of an ImageDigestMirrorSet or ImageTagMirrorSet. `reference` says which pulls it is for. */
export function mirrorEntries(reference: 'digest' | 'tag'): Schema {
  return listOf(mirrorEntry(reference), `Which mirrors stand in for which source, for pulls by ${reference}.`);
}

function mirrorEntry(reference: 'digest' | 'tag'): Schema {
  return object(
    {
      source: text(
        'What an image reference in a pod names: `host[:port][/path]`, or `*.domain` for every host below a domain. A path stands for all repositories below it.',
        { pattern: sourcePattern },
      ),
      mirrors: listOf(
        text('Where the same content lies: `host[:port][/path]`.', { pattern: mirrorPattern }),
        `Tried in this order for pulls by ${reference}; the rest of the image name is appended to each.`,
        { listType: 'set' },
      ),
      mirrorSourcePolicy: mirrorSourcePolicy(),
    },
    'One source and its mirrors.',
    { required: ['source'] },
  );
}

/** What happens once every mirror failed. */
function mirrorSourcePolicy(): Schema {
  return oneOf(
    mirrorSourcePolicies,
    'What happens once every mirror failed: `AllowContactingSource` (the default) tries the source itself, `NeverContactSource` gives up.',
  );
}
