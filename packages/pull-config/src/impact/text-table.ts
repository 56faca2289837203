import { displayWidth } from '@pullpath/diagnostics';

/** One row of a table; a single cell stands for itself. */
export type Cells = readonly string[];

/** The first `limit` items as rows, and a row that counts the rest. */
export function shown<T>(items: readonly T[], limit: number, cells: (item: T) => Cells, what: string): Cells[] {
  const rows = items.slice(0, limit).map(cells);
  const rest = items.length - rows.length;
  return rest > 0 ? [...rows, [`and ${rest} more ${what} (all with -v)`]] : rows;
}

/** Rows as lines, cells padded to the width of their column; a row of one cell is left as it is. */
export function aligned(rows: readonly Cells[]): string[] {
  const tables = rows.filter((cells) => cells.length > 1);
  const widths = tables.reduce<number[]>(
    (known, cells) => cells.map((cell, index) => Math.max(known[index] ?? 0, displayWidth(cell))),
    [],
  );
  return rows.map((cells) => {
    if (cells.length === 1) return cells[0] ?? '';
    return cells
      .map((cell, index) => pad(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  });
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - displayWidth(cell)));
}
