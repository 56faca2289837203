import { existsSync } from 'node:fs';
import {
  type Explanation,
  explainPull,
  formatExplanation,
  type NodeFile,
  type PullContext,
} from '@pullpath/pull-config';
import type { ExplainFlags } from '../commands/explain.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadLive } from '../input/live-input.ts';
import { type LoadedInput, loadStored } from '../input/load-objects.ts';
import { readNodeRoot } from '../input/node-root.ts';
import { reportDiagnostics } from '../output/report.ts';
import { structured } from '../output/structured.ts';
import { UsageError } from '../usage-error.ts';
import { contextOfNode, contextOfObjects } from './pull-context.ts';

/** `pullpath explain`: exit 1 when any of the pulls would fail. */
export async function explain(args: readonly string[], flags: ExplainFlags): Promise<number> {
  const { images, paths } = splitArguments(args, flags.filename ?? []);
  if (images.length === 0) throw new UsageError('name at least one image');
  const context = await contextOf(paths, flags);
  const explained = images.map((image) => explainPull(context, image));
  const explanations = flags.probe ? await probed(explained, context, flags) : explained;
  process.stdout.write(printed(explanations, flags.output));
  return explanations.every(({ ok }) => ok) ? exitCodes.done : exitCodes.findings;
}

async function contextOf(paths: readonly string[], flags: ExplainFlags): Promise<PullContext> {
  if (flags.nodeRoot !== undefined) return fromNode(readNodeRoot(flags.nodeRoot), flags.runtime);
  if (flags.node !== undefined) return fromLiveNode({ ...flags, node: flags.node });
  return fromObjects(
    paths.length > 0
      ? loadStored(paths)
      : await loadLive(flags, 'manifests with -f, the files of a node with --node-root'),
    flags,
  );
}

// "-f" takes several paths, so in "explain -f manifests/ IMAGE" it takes the image too: what is no file then is one.
function splitArguments(
  args: readonly string[],
  filenames: readonly string[],
): { images: readonly string[]; paths: readonly string[] } {
  if (args.length > 0) return { images: args, paths: filenames };
  const isPath = (name: string): boolean => name === '-' || existsSync(name);
  return { images: filenames.filter((name) => !isPath(name)), paths: filenames.filter(isPath) };
}

// With refused objects no node gets a configuration, so every pull is told to fail, and why.
function fromObjects(input: LoadedInput, flags: ExplainFlags): PullContext {
  const { context, diagnostics } = contextOfObjects(input, flags);
  reportDiagnostics(diagnostics, input.texts);
  const refusal = diagnostics.find(({ severity }) => severity === 'error');
  if (refusal === undefined) return context;
  const { code, message } = refusal;
  return { ...context, route: (image) => ({ image, attempts: [], error: { code, message } }) };
}

// A file that its runtime refuses is part of the answer, not a reason to give none.
function fromNode(files: readonly NodeFile[], runtime: string): PullContext {
  const { context, diagnostics } = contextOfNode(files, runtime);
  reportDiagnostics(diagnostics, new Map(files.map(({ path, contents }) => [path, contents])));
  return context;
}

async function fromLiveNode(flags: ExplainFlags & { readonly node: string }): Promise<PullContext> {
  const { loadLiveNode } = await import('../input/live-node.ts');
  const { files, runtime } = await loadLiveNode(flags);
  return fromNode(files, runtime);
}

async function probed(
  explanations: readonly Explanation[],
  context: PullContext,
  { timeout }: ExplainFlags,
): Promise<Explanation[]> {
  const { probe } = await import('./probe.ts');
  return Promise.all(explanations.map((explanation) => probe(explanation, context, timeout)));
}

function printed(explanations: readonly Explanation[], output = 'text'): string {
  if (output === 'text') return explanations.map((explanation) => formatExplanation(explanation)).join('\n');
  return structured(explanations.length === 1 ? explanations[0] : explanations, output);
}
