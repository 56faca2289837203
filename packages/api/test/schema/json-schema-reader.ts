type Json = Readonly<Record<string, unknown>>;

/** Whether a value fits a JSON Schema, for the keywords that the generator writes. An unknown keyword is an error. */
export function accepts(schema: Json, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, argument]) => {
    const check = keywords[keyword];
    if (!check) throw new Error(`keyword ${keyword} is not read`);
    return check(argument as never, value, schema);
  });
}

type Check = (argument: never, value: unknown, schema: Json) => boolean;

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const always: Check = () => true;

const keywords: Readonly<Record<string, Check>> = {
  $schema: always,
  title: always,
  description: always,
  default: always,
  type: (types: string | string[], value) => [types].flat().some((type) => hasType(type, value)),
  const: (expected: unknown, value) => value === expected,
  enum: (values: unknown[], value) => values.includes(value),
  pattern: (pattern: string, value) => typeof value !== 'string' || new RegExp(pattern).test(value),
  minLength: (least: number, value) => typeof value !== 'string' || value.length >= least,
  maxLength: (most: number, value) => typeof value !== 'string' || value.length <= most,
  minimum: (least: number, value) => typeof value !== 'number' || value >= least,
  maximum: (most: number, value) => typeof value !== 'number' || value <= most,
  minItems: (least: number, value) => !Array.isArray(value) || value.length >= least,
  maxItems: (most: number, value) => !Array.isArray(value) || value.length <= most,
  minProperties: (least: number, value) => !isMap(value) || Object.keys(value).length >= least,
  maxProperties: (most: number, value) => !isMap(value) || Object.keys(value).length <= most,
  uniqueItems: (_: true, value) =>
    !Array.isArray(value) || new Set(value.map((item) => JSON.stringify(item))).size === value.length,
  required: (names: string[], value) => !isMap(value) || names.every((name) => Object.hasOwn(value, name)),
  items: (items: Json, value) => !Array.isArray(value) || value.every((item) => accepts(items, item)),
  properties: (properties: Record<string, Json>, value) =>
    !isMap(value) ||
    Object.entries(properties).every(([name, child]) => !Object.hasOwn(value, name) || accepts(child, value[name])),
  additionalProperties: (further: boolean | Json, value, { properties = {} }) =>
    !isMap(value) ||
    Object.keys(value)
      .filter((name) => !Object.hasOwn(properties as Json, name))
      .every((name) => (typeof further === 'boolean' ? further : accepts(further, value[name]))),
};

function hasType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isMap(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}
