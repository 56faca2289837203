/**
 * The messages of one API group version by name. A field is its number on the wire and its type in words: a scalar, a
 * special type or the name of a message (with its group where that differs), `[]` before a list, `map<>` around the values of a map, then
 *
 * - `pointer`: absent and zero differ; others leave zero out,
 * - `always`: written even when it is zero (no `omitempty`, or a struct without `omitzero`),
 * - `required`, `default(X)`: as the published OpenAPI says,
 * - `inline`: the members of the message stand in its parent (JSON); on the wire it is a message of its own,
 * - `keys(A,B)`, `set`, `atomic`: list and map types, atomic lists unmarked.
 */
export type Messages = Readonly<Record<string, Readonly<Record<string, readonly [number, string]>>>>;

/** Types of single values; whatever else stands in a table names a message. */
export type Scalar =
  | 'string'
  | 'int32'
  | 'int64'
  | 'bool'
  | 'bytes'
  | 'double'
  | 'time'
  | 'microTime'
  | 'quantity'
  | 'intOrString'
  | 'raw'
  | 'fields'
  | '[]string';

/** A field, read from its words. `message` is set where the value, element or map value is one. */
export interface Field {
  readonly name: string;
  readonly number: number;
  readonly shape: 'single' | 'list' | 'map';
  readonly scalar: Scalar | undefined;
  readonly message: string | undefined;
  readonly pointer: boolean;
  readonly always: boolean;
  readonly required: boolean;
  readonly inline: boolean;
  readonly atomic: boolean;
  readonly set: boolean;
  readonly keys: readonly string[] | undefined;
  readonly fallback: string | undefined;
}

const scalars: ReadonlySet<string> = new Set<Scalar>([
  'string',
  'int32',
  'int64',
  'bool',
  'bytes',
  'double',
  'time',
  'microTime',
  'quantity',
  'intOrString',
  'raw',
  'fields',
  '[]string',
]);

/** Reads one entry of a table; `group` qualifies message names of the same table. */
export function parseField(group: string, name: string, [number, text]: readonly [number, string]): Field {
  const [type = '', ...words] = text.split(' ');
  const { shape, element } = shapeOf(type);
  const isScalar = scalars.has(element);
  return {
    name,
    number,
    shape,
    scalar: isScalar ? (element as Scalar) : undefined,
    message: isScalar ? undefined : element.includes('.') ? element : `${group}.${element}`,
    pointer: words.includes('pointer'),
    always: words.includes('always'),
    required: words.includes('required'),
    inline: words.includes('inline'),
    atomic: words.includes('atomic'),
    set: words.includes('set'),
    keys: argumentOf(words, 'keys')?.split(','),
    fallback: argumentOf(words, 'default'),
  };
}

function shapeOf(type: string): { shape: Field['shape']; element: string } {
  if (type.startsWith('map<')) return { shape: 'map', element: type.slice(4, -1) };
  if (type.startsWith('[]')) return { shape: 'list', element: type.slice(2) };
  return { shape: 'single', element: type };
}

function argumentOf(words: readonly string[], word: string): string | undefined {
  return words.find((candidate) => candidate.startsWith(`${word}(`))?.slice(word.length + 1, -1);
}
