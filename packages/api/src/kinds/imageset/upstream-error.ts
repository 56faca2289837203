import type { FieldError } from '../../schema/field-error.ts';
import { isJsonMap, type JsonMap, ownValue } from '../../schema/json.ts';
import { unknownFields } from '../../schema/prune.ts';
import { imageSetFaults } from './check.ts';
import { deleteImageSetConfiguration, imageSetConfigurationV2 } from './index.ts';

/** The one text with which oc-mirror v2 refuses a configuration, or undefined where it accepts it. */
export function imageSetError(object: JsonMap, kind: string): string | undefined {
  return (
    stanzaProblem(object, kind) ??
    unknownFieldProblem(object, kind) ??
    validationProblem(imageSetFaults({ ...object, kind }))
  );
}

function stanzaProblem(object: JsonMap, kind: string): string | undefined {
  const given = ownValue(object, 'kind');
  if (given === undefined) return 'configuration missing `kind`';
  if (given !== kind) return `cannot parse ${JSON.stringify(given)} as ${JSON.stringify(kind)}`;
  const [wanted, other] = kind === 'DeleteImageSetConfiguration' ? ['delete', 'mirror'] : ['mirror', 'delete'];
  if (!Object.hasOwn(object, wanted ?? '')) return `configuration missing the \`${wanted}\` stanza`;
  return Object.hasOwn(object, other ?? '') ? `${other}: is not allowed in ${kind}` : undefined;
}

function unknownFieldProblem(object: JsonMap, kind: string): string | undefined {
  const definition = kind === deleteImageSetConfiguration.kind ? deleteImageSetConfiguration : imageSetConfigurationV2;
  const [first] = unknownFields(definition.schema, sorted(object), { ignoreCase: true });
  if (first === undefined) return undefined;
  const name = first[0] === 'metadata' ? 'metadata' : String(first.at(-1));
  return `decode ${kind}: json: unknown field ${JSON.stringify(name)}`;
}

/** YAML becomes JSON with sorted keys before it is decoded, which decides the unknown field that is met first. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])] as const),
  );
}

function validationProblem(groups: readonly (readonly FieldError[])[]): string | undefined {
  const texts = groups
    .filter((faults) => faults.length > 0)
    .map((faults) => `invalid configuration: ${aggregate(faults.map(({ detail }) => detail))}`);
  return texts.length === 0 ? undefined : aggregate(texts);
}

/** `utilerrors.NewAggregate`: equal texts once, brackets around several. */
function aggregate(texts: readonly string[]): string {
  const distinct = [...new Set(texts)];
  return distinct.length === 1 ? (distinct[0] ?? '') : `[${distinct.join(', ')}]`;
}
