import { installConfigKind, type LocatedObject, loadManifests, placeOf } from '@pullpath/api';
import { CodedError, type Diagnostic } from '@pullpath/diagnostics';
import { checkInstallConfig, type InstallConfigCheck } from '@pullpath/pull-config';
import type { Probe } from '@pullpath/registry-client';
import type { InstallConfigFlags } from '../commands/install-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { dockerConfigOf } from '../input/docker-config.ts';
import { readSources } from '../input/load-objects.ts';
import { reportDiagnostics } from '../output/report.ts';
import { structured } from '../output/structured.ts';

/** `pullpath install-config check`: exit 1 when an error or warning was found, or no mirror has the release image. */
export async function checkInstallConfigFile(path: string, flags: InstallConfigFlags): Promise<number> {
  const { sources, diagnostics } = readSources([path]);
  const loaded = loadManifests(sources);
  const found: Diagnostic[] = [...diagnostics, ...loaded.diagnostics];
  const config = withPullSecret(installConfigOf(loaded.objects), flags.pullSecret);
  if (!config && found.length === 0) throw noInstallConfig(path);
  const check = config && checkInstallConfig(config, { releaseImage: flags.releaseImage });
  const probes = check && flags.probe ? await probed(check, flags.timeout) : [];
  const all = [...found, ...(check?.diagnostics ?? []), ...(config ? probeProblems(config, probes) : [])];
  reportDiagnostics(all, new Map(sources.map(({ file, text }) => [file, text])));
  if (check) process.stdout.write(printed(check, probes, flags.output));
  return all.some(({ severity }) => severity !== 'info') ? exitCodes.findings : exitCodes.done;
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

interface PlacedProbe {
  readonly reference: string;
  readonly probe: Probe;
}

async function probed(check: InstallConfigCheck, seconds: number): Promise<PlacedProbe[]> {
  const { credentialsOf, probeTargets } = await import('./probe.ts');
  const targets = check.releaseAttempts.map((reference) => ({ reference, insecure: false, outcome: 'tried' as const }));
  const probes = await probeTargets(targets, seconds, {
    credentials: (repository) => (check.authFile ? credentialsOf([check.authFile], repository) : undefined),
    trust: () => (check.trustBundle === undefined ? {} : { authorities: [check.trustBundle] }),
  });
  return targets.flatMap(({ reference }, index) => (probes[index] ? [{ reference, probe: probes[index] }] : []));
}

// The source of the release image comes last, and a disconnected installer never reaches it.
function probeProblems(config: LocatedObject, probes: readonly PlacedProbe[]): Diagnostic[] {
  const mirrors = probes.length > 1 ? probes.slice(0, -1) : probes;
  const field = config.object['imageDigestSources'] === undefined ? 'imageContentSources' : 'imageDigestSources';
  return mirrors.flatMap(({ reference, probe }) => {
    if (probe.status === 200) return [];
    const message = `${reference} does not answer with the release image: ${probe.error?.message ?? `status ${probe.status}`}`;
    return [
      {
        code: 'install-config-release-unreachable',
        severity: 'warning',
        message,
        ...placeOf({ of: config, path: [field] }),
        hint: probe.error?.hint,
      },
    ];
  });
}

function printed(
  { mirrors, releaseAttempts }: InstallConfigCheck,
  probes: readonly PlacedProbe[],
  output: string | undefined,
): string {
  if (output === 'json') return structured({ mirrors, releaseAttempts, probes }, 'json');
  const answers = new Map(
    probes.map(({ reference, probe }) => [reference, `  ${probe.status ?? 'no answer'} in ${probe.ms} ms`]),
  );
  const lines = releaseAttempts.map((reference) => `${reference}${answers.get(reference) ?? ''}`);
  return list('mirrors:', mirrors) + list('the release image is looked for at:', lines);
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${title}\n${items.map((item) => `  ${item}\n`).join('')}`;
}
