/** One recorded case, whichever of the two file shapes it came in. */
export interface VectorCase {
  readonly area: string;
  /** Function or operation under test; empty where the area has one only. */
  readonly fn: string;
  readonly id: string;
  readonly input: unknown;
  readonly expected: unknown;
  /** The whole record, for the few adapters that need more. */
  readonly record: Readonly<Record<string, unknown>>;
  /** The whole file, for shared data such as `catalogs`. */
  readonly file: Readonly<Record<string, unknown>>;
}

/**
 * Reads a vector file: `{area, cases: [{id, fn, input, expect}]}`, `{suite, vectors: [{name, op, input, expected}]}`, or
 * `{kind, vectors: [{id, ...}]}`, whose records are whole scenarios: they are the input, and their adapter throws where
 * something is not as they say. Returns undefined for JSON that is none of those. Throws on text that is not JSON.
 */
export function parseVectorFile(text: string): readonly VectorCase[] | undefined {
  const file = JSON.parse(text) as Record<string, unknown>;
  if (typeof file['area'] === 'string' && Array.isArray(file['cases'])) {
    return file['cases'].map((record) => fromCase(areaName(String(file['area'])), record, file));
  }
  if (typeof file['suite'] === 'string' && Array.isArray(file['vectors'])) {
    return file['vectors'].map((record) => fromVector(areaName(String(file['suite'])), record, file));
  }
  if (typeof file['kind'] === 'string' && Array.isArray(file['vectors'])) {
    return file['vectors'].map((record) => fromScenario(areaName(String(file['kind'])), record, file));
  }
  return undefined;
}

function fromCase(area: string, record: Record<string, unknown>, file: Record<string, unknown>): VectorCase {
  return {
    area,
    fn: String(record['fn']),
    id: String(record['id']),
    input: record['input'],
    expected: record['expect'],
    record,
    file,
  };
}

function fromVector(area: string, record: Record<string, unknown>, file: Record<string, unknown>): VectorCase {
  const fn = typeof record['op'] === 'string' ? record['op'] : '';
  return { area, fn, id: String(record['name']), input: record['input'], expected: record['expected'], record, file };
}

function fromScenario(area: string, record: Record<string, unknown>, file: Record<string, unknown>): VectorCase {
  return { area, fn: '', id: String(record['id']), input: record, expected: undefined, record, file };
}

/** Files and texts name an area with `-` or with `_`; here it is always `-`. */
export function areaName(name: string): string {
  return name.replaceAll('_', '-');
}
