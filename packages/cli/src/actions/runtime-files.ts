import type { Diagnostic } from '@pullpath/diagnostics';
import {
  type NodeFile,
  type RenderedScope,
  type ReportEntry,
  type Runtime,
  renderRuntime,
} from '@pullpath/pull-config';

/** The files of a runtime, what it cannot keep of the rules, and that as a table for people. */
export interface RuntimeFiles {
  readonly files: readonly NodeFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly report: string;
}

/** What a scope's rules become on a runtime. `wholeTree` adds the base files that a node has anyway. */
export function runtimeFiles(rendered: RenderedScope, runtime: string, wholeTree: boolean): RuntimeFiles {
  if (runtime === 'crio' || runtime === 'podman') {
    return { files: wholeTree ? rendered.tree : rendered.files, diagnostics: [], report: '' };
  }
  const { files, report, diagnostics } = renderRuntime(
    runtime as Runtime,
    rendered.registriesConf,
    optionsOf(rendered),
  );
  return { files, diagnostics, report: reportText(runtime, report) };
}

function optionsOf({ config }: RenderedScope) {
  const auths =
    config?.authFile === undefined
      ? {}
      : ((JSON.parse(config.authFile) as { auths?: Record<string, { auth?: string }> }).auths ?? {});
  return {
    certificates: (config?.certificates ?? []).map(({ host, pem }) => ({ host, pem })),
    credentials: Object.entries(auths).flatMap(([key, { auth }]) => (auth === undefined ? [] : [{ key, auth }])),
  };
}

function reportText(runtime: string, report: readonly ReportEntry[]): string {
  if (report.length === 0) return '';
  const rows = report.map(
    ({ verdict, source, mirror, kind, why }) =>
      [verdict, mirror === null ? source : `${source} -> ${mirror}`, kind, why] as const,
  );
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return `what ${runtime} keeps of the rules:\n${lines.join('\n')}\n`;
}
