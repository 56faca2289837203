import type { FieldError } from '../../schema/field-error.ts';
import type { JsonMap } from '../../schema/json.ts';
import { compileRegex, RegexSyntaxError } from '../../schema/regex/index.ts';
import { checkFault } from './fault.ts';
import { catalogFaults, catalogNameFaults } from './operators.ts';
import { lengthAt, mapAt, mapsAt, textAt } from './read.ts';

/** Faults by validator, in the order of oc-mirror v2 (`internal/pkg/config` Validate and ValidateDelete). */
export function imageSetFaults(object: JsonMap): readonly (readonly FieldError[])[] {
  if (textAt(object, 'kind') === 'DeleteImageSetConfiguration') return deleteFaults(mapAt(object, 'delete'));
  const mirror = mapAt(object, 'mirror');
  return [
    catalogFaults(mapsAt(mirror, 'operators'), ['mirror', 'operators']),
    channelFaults(mapAt(mirror, 'platform'), 'mirror'),
    blockedImageFaults(mapsAt(mirror, 'blockedImages')),
    platformFaults(mapAt(mirror, 'platform')),
  ];
}

/** The same as one list. */
export function checkImageSet(object: JsonMap): readonly FieldError[] {
  return imageSetFaults(object).flat();
}

/** Each validator stops at its first fault there. */
function deleteFaults(content: JsonMap): readonly (readonly FieldError[])[] {
  return [
    catalogNameFaults(mapsAt(content, 'operators'), ['delete', 'operators']).slice(0, 1),
    channelFaults(mapAt(content, 'platform'), 'delete'),
  ];
}

/** Only the first release channel that repeats is named. */
function channelFaults(platform: JsonMap, stanza: string): FieldError[] {
  const names = mapsAt(platform, 'channels').map((channel) => textAt(channel, 'name'));
  const seen = new Set<string>();
  const index = names.findIndex((name) => seen.size === seen.add(name).size);
  if (index === -1) return [];
  const text = `release channel ${JSON.stringify(names[index])}: duplicate found in configuration`;
  return [checkFault([stanza, 'platform', 'channels', index, 'name'], text, 'Duplicate')];
}

function blockedImageFaults(images: readonly JsonMap[]): FieldError[] {
  return images.flatMap((image, index) => {
    const name = textAt(image, 'name');
    const problem = expressionProblem(name);
    if (problem === undefined) return [];
    const text = `blocked image ${JSON.stringify(name)}: invalid regular expression: ${problem}`;
    return [checkFault(['mirror', 'blockedImages', index, 'name'], text)];
  });
}

function expressionProblem(pattern: string): string | undefined {
  try {
    compileRegex(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RegexSyntaxError) return error.message;
    throw error;
  }
}

function platformFaults(platform: JsonMap): FieldError[] {
  if (lengthAt(platform, 'platforms') === 0 || lengthAt(platform, 'architectures') === 0) return [];
  const text =
    'mirror.platform.platforms and mirror.platform.architectures exclude each other: platforms keeps parts of manifest lists, architectures (deprecated) chooses payloads';
  return [checkFault(['mirror', 'platform', 'architectures'], text)];
}
