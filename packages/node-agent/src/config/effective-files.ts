import { CodedError, hasErrors } from '@pullpath/diagnostics';
import { loadRegistriesConf, orderDropIns, type ReportEntry, renderRuntime } from '@pullpath/pull-config';
import type { DesiredConfig } from './desired-config.ts';
import { asText, fromText, type NodeFileBytes } from './node-file.ts';

/** What runs containers on a node. */
export type NodeRuntime = 'crio' | 'containerd';

/** The files that a configuration becomes on a node with a runtime. */
export interface EffectiveFiles {
  /** Ascending by path. */
  readonly files: readonly NodeFileBytes[];
  /** What is lost, one phrase each. */
  readonly unapplied: readonly string[];
}

/**
 * CRI-O reads the files as they are. For containerd registries.conf and its certificates become `certs.d`; what it cannot
 * express, and the files that only CRI-O reads, are named. Throws `machine-config-unusable` when registries.conf does not load.
 */
export function effectiveFiles(config: DesiredConfig, runtime: NodeRuntime): EffectiveFiles {
  return runtime === 'crio' ? config : containerdFiles(config);
}

/** The directory that containerd reads for each pull. */
export const certsDirectory = '/etc/containerd/certs.d';

const main = '/etc/containers/registries.conf';
const dropIns = '/etc/containers/registries.conf.d/';
const authorities = '/etc/docker/certs.d/';
const readByCrio = ['/etc/containers/', '/etc/crio/', authorities];

function containerdFiles(config: DesiredConfig): EffectiveFiles {
  const { files: own } = config;
  const translated = own.filter(
    ({ path }) => path === main || path.startsWith(dropIns) || authorityHost(path) !== undefined,
  );
  const others = own.filter(({ path }) => !readByCrio.some((directory) => path.startsWith(directory)));
  const dropped = own.filter((file) => !translated.includes(file) && !others.includes(file));
  const { files, report } = renderRuntime('containerd', registriesConf(config), {
    certificates: own.flatMap((file) => certificateOf(file)),
  });
  return {
    files: [...others, ...files.map(fromText)].sort((a, b) => (a.path < b.path ? -1 : 1)),
    unapplied: [
      ...config.unapplied,
      ...dropped.map(({ path }) => `${path}, which containerd does not read`),
      ...report.filter(({ verdict }) => verdict !== 'exact').map(lossText),
    ],
  };
}

function registriesConf({ name, files }: DesiredConfig): Parameters<typeof renderRuntime>[1] {
  const texts = files.map((file) => ({ file: file.path, text: asText(file).contents }));
  const { value, diagnostics } = loadRegistriesConf(
    texts.find(({ file }) => file === main),
    orderDropIns(texts.filter(({ file }) => file.startsWith(dropIns))),
  );
  if (value && !hasErrors(diagnostics)) return value;
  const faults = diagnostics.map(({ message }) => message).join('; ');
  throw new CodedError('machine-config-unusable', `MachineConfig ${name} cannot be applied: ${faults}`);
}

function certificateOf(file: NodeFileBytes): { readonly host: string; readonly pem: string }[] {
  const host = authorityHost(file.path);
  return host === undefined ? [] : [{ host, pem: asText(file).contents }];
}

function authorityHost(path: string): string | undefined {
  const [host = '', name] = path.startsWith(authorities) ? path.slice(authorities.length).split('/') : [];
  return name === 'ca.crt' ? host : undefined;
}

function lossText({ source, mirror, verdict, why }: ReportEntry): string {
  return `${mirror === null ? source : `${mirror} for ${source}`} is ${verdict}: ${why}`;
}
