import { installConfigKind, loadManifests } from '@pullpath/api';
import { CodedError, type Diagnostic } from '@pullpath/diagnostics';
import { checkInstallConfig } from '@pullpath/pull-config';
import type { InstallConfigFlags } from '../commands/install-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { readSources } from '../input/load-objects.ts';
import { reportDiagnostics } from '../output/report.ts';
import { structured } from '../output/structured.ts';

/** `pullpath install-config check`: exit 1 when an error or warning was found. */
export async function checkInstallConfigFile(path: string, flags: InstallConfigFlags): Promise<number> {
  const { sources, diagnostics } = readSources([path]);
  const loaded = loadManifests(sources);
  const config = loaded.objects.find(({ object }) => object.kind === installConfigKind);
  const found: Diagnostic[] = [...diagnostics, ...loaded.diagnostics];
  if (!config && found.length === 0)
    throw new CodedError('install-config-missing', `${path} holds no install-config`, {
      hint: 'an install-config has apiVersion: v1, metadata.name and baseDomain',
    });
  const check = config && checkInstallConfig(config, { releaseImage: flags.releaseImage });
  const all = [...found, ...(check?.diagnostics ?? [])];
  reportDiagnostics(all, new Map(sources.map(({ file, text }) => [file, text])));
  if (check) process.stdout.write(printed(check.mirrors, check.releaseAttempts, flags.output));
  return all.some(({ severity }) => severity !== 'info') ? exitCodes.findings : exitCodes.done;
}

function printed(mirrors: readonly string[], releaseAttempts: readonly string[], output: string | undefined): string {
  if (output === 'json') return structured({ mirrors, releaseAttempts }, 'json');
  const list = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `${title}\n${items.map((item) => `  ${item}\n`).join('')}`;
  return list('mirrors:', mirrors) + list('the release image is looked for at:', releaseAttempts);
}
