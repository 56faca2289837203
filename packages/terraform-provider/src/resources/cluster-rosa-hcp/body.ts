import { type RegistryConfig, type RegistrySources, textOf } from '@pullpath/ocm-api/client';
import { isObject, type ObjectValue, type Value } from '../../wire/values.ts';
import { registryConfigBody } from './registry-config.ts';

/** The cluster of a creation request (clusters_mgmt v1 `Cluster`): what is configured, in the places of the API. */
export function clusterBody(planned: ObjectValue): object {
  return defined({
    name: planned['name'],
    product: { id: 'rosa' },
    cloud_provider: { id: 'aws' },
    region: { id: planned['cloud_region'] },
    hypershift: { enabled: true },
    ccs: { enabled: true },
    multi_az: true,
    domain_prefix: planned['domain_prefix'],
    version: versionBody(planned),
    nodes: nodesBody(planned),
    properties: planned['properties'],
    aws: awsBody(planned),
    network: networkBody(planned),
    fips: planned['fips'],
    etcd_encryption: planned['etcd_encryption'],
    registry_config: registryConfigBody(planned['registry_config']),
  });
}

/** What changed, for PATCH; undefined where nothing that the API has. */
export function clusterChange(
  prior: ObjectValue,
  planned: ObjectValue,
  changed: (name: string) => boolean,
): object | undefined {
  const change = defined({
    properties: changed('properties') ? (planned['properties'] ?? {}) : undefined,
    registry_config: changed('registry_config') ? registryConfigChange(prior, planned) : undefined,
  });
  return Object.keys(change).length === 0 ? undefined : change;
}

// A part that is configured no more is emptied: the API keeps what a request does not name.
function registryConfigChange(prior: ObjectValue, planned: ObjectValue): RegistryConfig {
  const before = registryConfigBody(prior['registry_config']) ?? {};
  const after = registryConfigBody(planned['registry_config']) ?? {};
  return {
    ...(before.allowed_registries_for_import && { allowed_registries_for_import: [] }),
    ...(before.additional_trusted_ca && { additional_trusted_ca: {} }),
    ...after,
    registry_sources: { ...emptyLists(before.registry_sources), ...after.registry_sources },
  };
}

function emptyLists(lists: RegistrySources = {}): RegistrySources {
  return Object.fromEntries(Object.keys(lists).map((name) => [name, []]));
}

function versionBody(planned: ObjectValue): object | undefined {
  const version = textOf(planned['version']);
  if (version === undefined) return undefined;
  const group = textOf(planned['channel_group']) ?? 'stable';
  const suffix = group === 'stable' ? '' : `-${group}`;
  return { id: `openshift-v${version}${suffix}`, raw_id: version, channel_group: group };
}

function nodesBody(planned: ObjectValue): object {
  const scaled = planned['autoscaling_enabled'] === true;
  const machine = textOf(planned['compute_machine_type']);
  return defined({
    compute: scaled ? undefined : planned['replicas'],
    autoscale_compute: scaled
      ? defined({ min_replicas: planned['min_replicas'], max_replicas: planned['max_replicas'] })
      : undefined,
    availability_zones: planned['availability_zones'],
    compute_machine_type: machine && { id: machine },
  });
}

function awsBody(planned: ObjectValue): object {
  return defined({
    account_id: planned['aws_account_id'],
    billing_account_id: planned['aws_billing_account_id'],
    subnet_ids: planned['aws_subnet_ids'],
    private_link: planned['private'],
    tags: planned['tags'],
    sts: stsBody(planned['sts']),
  });
}

function stsBody(sts: Value | undefined): object | undefined {
  if (!isObject(sts)) return undefined;
  const { oidc_config_id: oidc, instance_iam_roles: roles, oidc_endpoint_url: endpoint, ...rest } = sts;
  return defined({
    ...rest,
    oidc_endpoint_url: endpoint,
    oidc_config: typeof oidc === 'string' ? { id: oidc } : undefined,
    instance_iam_roles: isObject(roles) ? roles : undefined,
  });
}

function networkBody(planned: ObjectValue): object | undefined {
  const network = defined({
    machine_cidr: planned['machine_cidr'],
    service_cidr: planned['service_cidr'],
    pod_cidr: planned['pod_cidr'],
    host_prefix: planned['host_prefix'],
  });
  return Object.keys(network).length === 0 ? undefined : network;
}

function defined(members: Readonly<Record<string, unknown>>): object {
  const given = Object.entries(members).filter(([, member]) => member !== undefined && member !== null);
  return Object.fromEntries(given);
}
