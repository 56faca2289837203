/** Where things stand in the text of a registries.conf. Lines count from 1. */
export interface RegistriesConfLines {
  /** The line of `unqualified-search-registries`. */
  readonly search: number | undefined;
  /** The line of the table of `scope`, or of its first row for `mirror`; the table where the row is not found. */
  lineOf(scope: string, mirror?: string): number | undefined;
}

/**
 * Finds the lines of tables and mirror rows. Reads the plain `key = "value"` lines that programs write; a table spelled
 * in another way is not found, which costs a line number and nothing else.
 */
export function registriesConfLines(text: string): RegistriesConfLines {
  const tables = new Map<string, TableLines>();
  let search: number | undefined;
  let table: TableLines | undefined;
  let inRow = false;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line.startsWith('[[')) {
      inRow = line.startsWith('[[registry.mirror]]');
      if (!inRow) table = { line: index + 1, rows: new Map() };
      continue;
    }
    const { key, value } = assignment(line);
    if (key === 'unqualified-search-registries') search ??= index + 1;
    if (table === undefined || value === '') continue;
    if (inRow && key === 'location' && !table.rows.has(value)) table.rows.set(value, index + 1);
    if (!inRow && (key === 'prefix' || key === 'location')) noteTable(tables, value, table, index + 1);
  }
  return { search, lineOf: (scope, mirror) => lineIn(tables.get(scope), mirror) };
}

interface TableLines {
  line: number;
  readonly rows: Map<string, number>;
}

function noteTable(tables: Map<string, TableLines>, scope: string, table: TableLines, line: number): void {
  table.line = line;
  if (!tables.has(scope)) tables.set(scope, table);
}

function lineIn(table: TableLines | undefined, mirror: string | undefined): number | undefined {
  return (mirror === undefined ? undefined : table?.rows.get(mirror)) ?? table?.line;
}

function assignment(line: string): { readonly key: string; readonly value: string } {
  const equals = line.indexOf('=');
  if (equals < 0) return { key: '', value: '' };
  const value = line.slice(equals + 1).trim();
  return { key: line.slice(0, equals).trim(), value: value.slice(1, Math.max(value.lastIndexOf(value[0] ?? ''), 1)) };
}
