/** Columns padded to two blanks after their widest cell; the last one is not (Go `text/tabwriter`, as rosa uses it). */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => Array.from(cells[column] ?? '').length)));
  return lines.map((cells) => `${lineText(cells, widths)}\n`).join('');
}

function lineText(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) =>
      at === cells.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) + 2 - Array.from(cell).length),
    )
    .join('');
}
