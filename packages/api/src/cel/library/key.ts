/** A text that equal CEL values share: `1` and `1.0` are equal, the order of map entries does not count. */
export function celKey(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(celKey).join(',')}]`;
  if (value instanceof Map)
    return `{${[...value]
      .map(([key, item]) => `${celKey(key)}:${celKey(item)}`)
      .toSorted()
      .join(',')}}`;
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (value instanceof Uint8Array) return `bytes ${value.join(' ')}`;
  return String(value);
}
