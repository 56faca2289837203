import { hasErrors } from '@pullpath/diagnostics';
import { mergePullSecrets, type PullSecretFile } from '@pullpath/pull-config';
import { exitCodes } from '../exit-codes.ts';
import { dockerConfigOf } from '../input/docker-config.ts';
import { readSources } from '../input/load-objects.ts';
import { reportDiagnostics } from '../output/report.ts';
import { writeWhole } from '../output/write-whole.ts';

/** `pullpath pull-secret merge`: the merged secret on stdout, or in a file that only its owner may read. */
export async function mergePullSecretFiles(
  paths: readonly string[],
  { out }: { readonly out?: string },
): Promise<number> {
  const { sources, diagnostics } = readSources(paths);
  const files: PullSecretFile[] = sources.map(dockerConfigOf);
  const merged = mergePullSecrets(files);
  const all = [...diagnostics, ...merged.diagnostics];
  // What is no pull secret may hold secrets anywhere; only a sound one has lines that can be shown with its secrets covered.
  const shown = hasErrors(all) ? [] : files;
  reportDiagnostics(all, new Map(shown.map(({ file, text }) => [file, text])));
  if (hasErrors(all) || merged.text === undefined) return exitCodes.findings;
  if (out === undefined) process.stdout.write(merged.text);
  else writeWhole(out, merged.text, 0o600);
  const { length } = merged.registries;
  process.stderr.write(`${length} ${length === 1 ? 'registry' : 'registries'}: ${merged.registries.join(', ')}\n`);
  return exitCodes.done;
}
