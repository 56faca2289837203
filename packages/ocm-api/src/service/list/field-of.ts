/** The value at a name with dots, of own members alone. */
export function fieldOf(item: object, field: string): unknown {
  let value: unknown = item;
  for (const name of field.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}
