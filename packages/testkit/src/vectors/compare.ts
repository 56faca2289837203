/** The first place where two JSON values differ, as one line, or undefined. Absent and undefined members are equal. */
export function differenceOf(expected: unknown, actual: unknown, at = ''): string | undefined {
  if (Object.is(expected, actual)) return undefined;
  if (Array.isArray(expected) && Array.isArray(actual)) return arrayDifference(expected, actual, at);
  if (isRecord(expected) && isRecord(actual)) return recordDifference(expected, actual, at);
  return `${at || 'result'}: expected ${show(expected)}, got ${show(actual)}`;
}

function arrayDifference(expected: readonly unknown[], actual: readonly unknown[], at: string): string | undefined {
  for (let index = 0; index < Math.min(expected.length, actual.length); index++) {
    const difference = differenceOf(expected[index], actual[index], `${at}[${index}]`);
    if (difference !== undefined) return difference;
  }
  if (expected.length === actual.length) return undefined;
  return `${at || 'result'}: expected ${expected.length} items, got ${actual.length}: ${show(actual)}`;
}

function recordDifference(
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
  at: string,
): string | undefined {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const difference = differenceOf(own(expected, key), own(actual, key), at ? `${at}.${key}` : key);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
