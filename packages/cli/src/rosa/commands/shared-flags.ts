import type { FlagSpec } from '../command-line.ts';

export const clusterFlag: FlagSpec = {
  name: 'cluster',
  short: 'c',
  description: 'Name or ID of the cluster',
  isRequired: true,
};

export const yesFlag: FlagSpec = {
  name: 'yes',
  short: 'y',
  kind: 'switch',
  description: 'Automatically answer yes to confirm operation',
};

export const outputFlag: FlagSpec = { name: 'output', short: 'o', description: 'Output format: json or yaml' };

/** Taken as rosa takes them; the cluster is found without them. */
export const awsFlags: readonly FlagSpec[] = [
  { name: 'profile', description: 'AWS profile; of no meaning here' },
  { name: 'region', description: 'AWS region; of no meaning here' },
];

export const typeFlag: FlagSpec = { name: 'type', description: 'Type of the image mirror', default: 'digest' };

export const mirrorIdFlag: FlagSpec = { name: 'id', description: 'ID of the image mirror' };
