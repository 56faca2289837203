import type { Attribute, Schema } from '../../framework/schema.ts';
import { atMostCharacters } from '../../framework/validators.ts';
import { clusterAnswers } from './computed-attributes.ts';
import { registryConfigAttribute } from './registry-config-schema.ts';

type Shape = Attribute['type'];

/** `rhcs_cluster_rosa_hcp`: a hosted cluster with its first node pools. */
export const clusterSchema: Schema = {
  version: 0,
  description:
    'A ROSA HCP cluster. On a pullpath server it is a HostedCluster with node pools; arguments that only have a meaning on AWS are kept in state.',
  attributes: {
    name: { ...fixed('required', 'Name of the cluster, at most 54 characters'), validators: [atMostCharacters(54)] },
    cloud_region: fixed('required', "AWS region identifier, for example 'us-east-1'"),
    aws_account_id: fixed('required', 'Identifier of the AWS account'),
    aws_billing_account_id: fixed('optional', 'Identifier of the AWS account for billing'),
    aws_subnet_ids: fixed('required', 'AWS subnet IDs', ['list', 'string']),
    availability_zones: fixed('required', 'Availability zones of the first node pools', ['list', 'string']),
    sts: { ...fixed('required', 'STS configuration'), type: { nesting: 'single', attributes: stsAttributes() } },
    version: fixed('optional', "Version of OpenShift, for example '4.15.9'. The server's own choice unless set"),
    channel_group: fixed('optional', "Name of the channel group of the version, for example 'stable'"),
    replicas: fixed('optional', 'Nodes of the first node pools', 'number'),
    autoscaling_enabled: fixed('optional', 'Scale the first node pools with their load', 'bool'),
    min_replicas: fixed('optional', 'Least nodes of a scaled pool', 'number'),
    max_replicas: fixed('optional', 'Most nodes of a scaled pool', 'number'),
    compute_machine_type: fixed('optional', 'Machine type of the first nodes, for example m5.xlarge'),
    worker_disk_size: fixed('optional', 'Root disk of the first nodes in GiB', 'number'),
    properties: changing('User defined properties', ['map', 'string']),
    tags: fixed('optional', 'Tags of the AWS resources', ['map', 'string']),
    registry_config: registryConfigAttribute,
    ...networkAttributes(),
    ...encryptionAttributes(),
    ...waitAttributes(),
    ...clusterAnswers,
  },
};

function fixed(mode: 'required' | 'optional', description: string, type: Shape = 'string'): Attribute {
  return { description: `${description}. Cannot be changed after creation.`, mode, type, onChange: 'refuse' };
}

function changing(description: string, type: Shape = 'string'): Attribute {
  return { description: `${description}.`, mode: 'optional', type };
}

function stsAttributes(): Record<string, Attribute> {
  const role = (description: string): Attribute => ({ description, mode: 'required', type: 'string' });
  const optional = (description: string): Attribute => ({ description, mode: 'optional', type: 'string' });
  return {
    role_arn: role('Installer role.'),
    support_role_arn: role('Support role.'),
    operator_role_prefix: role('Prefix of the operator roles.'),
    instance_iam_roles: {
      description: 'Roles of the nodes.',
      mode: 'required',
      type: { nesting: 'single', attributes: { worker_role_arn: role('Role of worker nodes.') } },
    },
    oidc_config_id: optional('OIDC configuration ID.'),
    oidc_endpoint_url: optional('OIDC endpoint URL.'),
    trust_policy_external_id: optional('External ID of the trust policy.'),
  };
}

function networkAttributes(): Record<string, Attribute> {
  return {
    private: fixed('optional', 'No public endpoint', 'bool'),
    domain_prefix: fixed('optional', "Prefix of the cluster's domain, at most 15 characters"),
    base_dns_domain: fixed('optional', 'Base DNS domain reserved before'),
    machine_cidr: fixed('optional', 'Addresses of nodes'),
    service_cidr: fixed('optional', 'Addresses of services'),
    pod_cidr: fixed('optional', 'Addresses of pods'),
    host_prefix: fixed('optional', "Length of the prefix of each node's subnet", 'number'),
    ec2_metadata_http_tokens: fixed('optional', 'Mode of the instance metadata service: optional or required'),
    external_auth_providers_enabled: fixed('optional', 'External authentication providers', 'bool'),
    aws_additional_allowed_principals: fixed('optional', 'Additional allowed principals', ['list', 'string']),
    aws_additional_compute_security_group_ids: fixed('optional', 'Additional security groups', ['list', 'string']),
  };
}

function encryptionAttributes(): Record<string, Attribute> {
  return {
    fips: fixed('optional', 'Cryptographic modules that are validated for FIPS', 'bool'),
    etcd_encryption: fixed('optional', 'Encrypt etcd data', 'bool'),
    etcd_kms_key_arn: fixed('optional', 'Key for etcd'),
    kms_key_arn: fixed('optional', 'Key for the root volumes of nodes'),
    audit_log_arn: fixed('optional', 'Role that forwards audit logs'),
  };
}

function waitAttributes(): Record<string, Attribute> {
  return {
    wait_for_create_complete: changing('Wait until the cluster is ready', 'bool'),
    wait_for_std_compute_nodes_complete: changing('Wait until the first node pools have their nodes', 'bool'),
    max_hcp_cluster_wait_timeout_in_minutes: changing('Longest wait for the cluster, 45 unless set', 'number'),
    max_machinepool_wait_timeout_in_minutes: changing('Longest wait for the nodes, 60 unless set', 'number'),
    disable_waiting_in_destroy: changing('Do not wait until a destroyed cluster is gone', 'bool'),
    destroy_timeout: changing('Longest wait for the end of a destroyed cluster in minutes, 60 unless set', 'number'),
  };
}
