import { describeOrigin } from '@pullpath/api';
import type { ReportEntry } from '@pullpath/pull-config';

/** The report of a runtime as a table for people: verdict, rule, kind, why. Empty when there is nothing to say. */
export function runtimeReportText(runtime: string, report: readonly ReportEntry[]): string {
  if (report.length === 0) return '';
  const rows = report.map(cellsOf);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
  return `what ${runtime} keeps of the rules:\n${lines.map((line) => `${line.trimEnd()}\n`).join('')}`;
}

function cellsOf({ verdict, source, mirror, kind, why }: ReportEntry): string[] {
  return [verdict, mirror === null ? source : `${source} -> ${mirror}`, kind, why];
}

/** The same for programs; origins are spelled out. */
export function runtimeReportData(report: readonly ReportEntry[]): object[] {
  return report.map(({ origin, ...entry }) => ({ ...entry, ...(origin ? { origin: describeOrigin(origin) } : {}) }));
}
