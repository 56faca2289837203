import { hasErrors } from '@pullpath/diagnostics';
import {
  type Dialect,
  type NodeConfig,
  type NodeFile,
  type RenderedScope,
  renderMachineConfigs,
  renderNodePoolPayload,
  renderScope,
} from '@pullpath/pull-config';
import type { RenderFlags } from '../commands/render.ts';
import { exitCodes } from '../exit-codes.ts';
import { type LoadedInput, loadStored } from '../input/load-objects.ts';
import { scopeOf } from '../input/scope.ts';
import { filesText } from '../output/files-text.ts';
import { reportDiagnostics } from '../output/report.ts';
import { runtimeReportData, runtimeReportText } from '../output/runtime-report.ts';
import { structured } from '../output/structured.ts';
import { writeTree } from '../output/write-tree.ts';
import { UsageError } from '../usage-error.ts';
import { type RuntimeFiles, runtimeFiles } from './runtime-files.ts';

/** `pullpath render`: the files of one scope on stdout or below a directory. Refused input writes nothing and exits 1. */
export async function render(flags: RenderFlags): Promise<number> {
  const input = loadStored(flags.filename);
  const scope = scopeOf(flags, input.objects);
  const rendered = renderScope(input.objects, scope, {
    releaseImage: flags.releaseImage,
    dialect: flags.dialect as Dialect | undefined,
  });
  const diagnostics = [...input.diagnostics, ...rendered.diagnostics];
  if (hasErrors(diagnostics) || !rendered.config) return refuse(input, diagnostics);
  const output = runtimeFiles(rendered, flags.runtime, flags.out !== undefined);
  reportDiagnostics([...diagnostics, ...output.diagnostics], input.texts);
  process.stderr.write(runtimeReportText(flags.runtime, output.report ?? []));
  if (flags.out !== undefined)
    await writeTree(flags.out, output.files, (path) => process.stderr.write(`wrote ${path}\n`));
  else process.stdout.write(printed(flags, input, rendered, rendered.config, output));
  return exitCodes.done;
}

function refuse(input: LoadedInput, diagnostics: RenderedScope['diagnostics']): number {
  reportDiagnostics(diagnostics, input.texts);
  return exitCodes.findings;
}

function printed(
  flags: RenderFlags,
  input: LoadedInput,
  rendered: RenderedScope,
  config: NodeConfig,
  { files, report }: RuntimeFiles,
): string {
  switch (flags.as) {
    case 'machineconfig':
      return renderMachineConfigs(config, rendered)
        .map((object) => documentText(object, flags))
        .join('---\n');
    case 'ignition':
      return renderMachineConfigs(config, rendered)
        .map((object) => documentText((object['spec'] as { config: unknown }).config, { output: 'json' }))
        .join('');
    case 'payload':
      return payloadText(flags, input, rendered);
    default:
      return flags.output === undefined || flags.output === 'text'
        ? filesText(files)
        : structured(filesData(files, report), flags.output);
  }
}

/** A list of files; with a report, both. */
function filesData(files: readonly NodeFile[], report: RuntimeFiles['report']): unknown {
  const list = files.map(withOctalMode);
  return report ? { files: list, report: runtimeReportData(report) } : list;
}

function documentText(value: unknown, { output = 'yaml' }: { output?: string }): string {
  return structured(value, output === 'text' ? 'yaml' : output);
}

function payloadText(flags: RenderFlags, input: LoadedInput, { scope }: RenderedScope): string {
  if ('pool' in scope) throw new UsageError('--as payload needs --hosted-cluster and --node-pool');
  const { raw, hashes } = renderNodePoolPayload(input.objects, scope, { releaseImage: flags.releaseImage });
  if (flags.output === 'json' || flags.output === 'yaml') return structured({ raw, hashes }, flags.output);
  return raw ?? '';
}

// "0644" reads as what it is; the number 420 does not.
function withOctalMode({ path, mode, contents }: NodeFile): { path: string; mode: string; contents: string } {
  return { path, mode: mode.toString(8).padStart(4, '0'), contents };
}
