export type { CreateClusterFlags, CreateClusterPlatform, FlagSpec } from './flags.ts';
export { createClusterFiles, createClusterFlags, createClusterPlatforms, flagsOf } from './flags.ts';
export type { CreateClusterInput, CreateClusterResult } from './render-hosted-cluster.ts';
export { renderHostedCluster } from './render-hosted-cluster.ts';
