import { installConfigKind, type LocatedObject, loadManifests } from '@pullpath/api';
import { CodedError, type Diagnostic } from '@pullpath/diagnostics';
import { checkInstallConfig, type InstallConfigCheck } from '@pullpath/pull-config';
import type { Probe } from '@pullpath/registry-client';
import type { InstallConfigFlags } from '../commands/install-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { dockerConfigOf } from '../input/docker-config.ts';
import { readSources } from '../input/load-objects.ts';
import { reportDiagnostics } from '../output/report.ts';
import { structured } from '../output/structured.ts';
import { type InstallConfigProbes, nothingProbed, probeProblems } from './install-config-probes.ts';

/** `pullpath install-config check`: exit 1 when an error or warning was found, or no mirror has the release image. */
export async function checkInstallConfigFile(path: string, flags: InstallConfigFlags): Promise<number> {
  const { sources, diagnostics } = readSources([path]);
  const loaded = loadManifests(sources);
  const found: Diagnostic[] = [...diagnostics, ...loaded.diagnostics];
  const config = withPullSecret(installConfigOf(loaded.objects), flags.pullSecret);
  if (!config && found.length === 0) throw noInstallConfig(path);
  const check = config && checkInstallConfig(config, { releaseImage: flags.releaseImage });
  const probes = check && flags.probe ? await probed(check, flags.timeout) : nothingProbed;
  const all = [...found, ...(check?.diagnostics ?? []), ...(config ? probeProblems(config, probes) : [])];
  reportDiagnostics(all, new Map(sources.map(({ file, text }) => [file, text])));
  if (check) process.stdout.write(printed(check, probes, flags.output));
  return all.some(({ severity }) => severity !== 'info') ? exitCodes.findings : exitCodes.done;
}

async function probed(check: InstallConfigCheck, seconds: number): Promise<InstallConfigProbes> {
  const { probeInstallConfig } = await import('./probe-install-config.ts');
  return probeInstallConfig(check, seconds);
}

function installConfigOf(objects: readonly LocatedObject[]): LocatedObject | undefined {
  return objects.find(({ object }) => object.kind === installConfigKind);
}

function noInstallConfig(path: string): CodedError {
  return new CodedError('install-config-missing', `${path} holds no install-config`, {
    hint: 'an install-config has apiVersion: v1, metadata.name and baseDomain, and no kind',
  });
}

function withPullSecret(config: LocatedObject | undefined, file: string | undefined): LocatedObject | undefined {
  if (!config || file === undefined) return config;
  const [source] = readSources([file]).sources.map(dockerConfigOf);
  return source ? { ...config, object: { ...config.object, pullSecret: source.text } } : config;
}

function printed(
  { mirrors, releaseAttempts }: InstallConfigCheck,
  { hosts, release }: InstallConfigProbes,
  output: string | undefined,
): string {
  const registries = hosts.map(({ host, probe }) => ({ host, probe }));
  if (output === 'json') return structured({ mirrors, releaseAttempts, registries, probes: release }, 'json');
  const answers = new Map(release.map(({ reference, probe }) => [reference, `  ${answerOf(probe)}`]));
  return (
    list('mirrors:', mirrors) +
    list(
      'registries of the mirrors:',
      registries.map(({ host, probe }) => `${host}  ${answerOf(probe)}`),
    ) +
    list(
      'the release image is looked for at:',
      releaseAttempts.map((reference) => `${reference}${answers.get(reference) ?? ''}`),
    )
  );
}

function answerOf({ status, ms }: Probe): string {
  return `${status ?? 'no answer'} in ${ms} ms`;
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${title}\n${items.map((item) => `  ${item}\n`).join('')}`;
}
