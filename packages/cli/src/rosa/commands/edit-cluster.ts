import { readFileSync } from 'node:fs';
import {
  type Cluster,
  isHosted,
  type OcmClient,
  patchRegistryConfig,
  type RegistryConfig,
} from '@pullpath/ocm-api/client';
import type { FlagSpec, FlagValues, RosaCommand } from '../command-line.ts';
import { doing, RosaFailure } from '../failure.ts';
import { findCluster } from '../find-cluster.ts';
import type { Session } from '../session.ts';
import { awsFlags, clusterFlag, yesFlag } from './shared-flags.ts';

const prefix = 'registry-config-';

const registryFlags: readonly FlagSpec[] = [
  { name: `${prefix}allowed-registries`, kind: 'list', description: 'Registries that may be used; all others are not' },
  { name: `${prefix}blocked-registries`, kind: 'list', description: 'Registries that may not be used' },
  {
    name: `${prefix}insecure-registries`,
    kind: 'list',
    description: 'Registries without TLS, or with certificates of nobody',
  },
  {
    name: `${prefix}allowed-registries-for-import`,
    kind: 'list',
    description: 'Registries that image streams may import from: domain:insecure, like example.com:false',
  },
  { name: `${prefix}additional-trusted-ca`, description: 'JSON file with hosts and the PEM of their authorities' },
  { name: `${prefix}platform-allowlist`, description: 'ID of the allow list of the platform', isHidden: true },
];

export function editClusterCommand(session: Session): RosaCommand {
  return {
    name: 'edit cluster',
    description: 'Edit the registry configuration of a cluster',
    flags: [clusterFlag, ...registryFlags, yesFlag, ...awsFlags],
    run: async (values) => {
      const config = registryConfigOf(values);
      const [client, key] = [await session.client(), values.text('cluster')];
      const cluster = await fetchCluster(client, key);
      if (!isHosted(cluster))
        throw new RosaFailure('setting the registry config is only supported for hosted clusters');
      if (!values.isOn('yes') && !(await session.confirm(rolloutQuestion))) {
        session.reporter.warn('No changes to registry configuration.');
        return 0;
      }
      await doing('Failed to update cluster', () => patchRegistryConfig(client, cluster.id, config));
      session.reporter.info(`Updated cluster '${key}'`);
      return 0;
    },
  };
}

const rolloutQuestion =
  'Changing any registry related parameter will trigger a rollout across all machinepools (all machinepool nodes will be recreated, following pod draining from each node). Do you want to proceed?';

// Commands that are older than image mirrors say more where there is no such cluster.
async function fetchCluster(client: OcmClient, key: string): Promise<Cluster> {
  try {
    return await findCluster(client, key);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new RosaFailure(`Failed to get cluster '${key}': ${cause.message}`, { cause });
  }
}

/** What was given; an empty value empties. */
function registryConfigOf(values: FlagValues): RegistryConfig {
  const given = registryFlags.filter(({ name }) => values.isGiven(name));
  if (given.length === 0)
    throw new RosaFailure(
      `Nothing to edit: give one of ${registryFlags
        .filter(({ isHidden }) => !isHidden)
        .map(({ name }) => `--${name}`)
        .join(', ')}`,
    );
  const list = (name: string) => (values.isGiven(prefix + name) ? values.list(prefix + name) : undefined);
  const [allowed, blocked, insecure] = [
    list('allowed-registries'),
    list('blocked-registries'),
    list('insecure-registries'),
  ];
  if (allowed?.length && blocked?.length)
    throw new RosaFailure('allowed registries and blocked registries are mutually exclusive fields');
  const sources = {
    ...(allowed && { allowed_registries: allowed }),
    ...(blocked && { blocked_registries: blocked }),
    ...(insecure && { insecure_registries: insecure }),
  };
  const imports = list('allowed-registries-for-import')?.map(importOf);
  const [authorities, allowlist] = [
    values.text(`${prefix}additional-trusted-ca`),
    values.text(`${prefix}platform-allowlist`),
  ];
  return {
    ...(Object.keys(sources).length > 0 && { registry_sources: sources }),
    ...(imports && { allowed_registries_for_import: imports }),
    ...(values.isGiven(`${prefix}additional-trusted-ca`) && {
      additional_trusted_ca: authorities === '' ? {} : authoritiesIn(authorities),
    }),
    ...(values.isGiven(`${prefix}platform-allowlist`) && { platform_allowlist: { id: allowlist } }),
  };
}

// A domain may have a port: the part after the last colon says whether it is insecure.
function importOf(text: string): { readonly domain_name: string; readonly insecure: boolean } {
  const colon = text.lastIndexOf(':');
  const [domain, insecure] = [text.slice(0, colon), text.slice(colon + 1)];
  if (colon < 1 || !['true', 'false'].includes(insecure))
    throw new RosaFailure(
      `Expected valid allowed registries for import values: '${text}' is not domain:insecure, like example.com:false`,
    );
  return { domain_name: domain, insecure: insecure === 'true' };
}

function authoritiesIn(path: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null && Object.values(value).every((pem) => typeof pem === 'string'))
      return value as Readonly<Record<string, string>>;
  } catch (cause) {
    throw new RosaFailure(
      `Failed to read additional trusted CA '${path}': ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    );
  }
  throw new RosaFailure(`Failed to read additional trusted CA '${path}': expected an object of hosts and PEM texts`);
}
