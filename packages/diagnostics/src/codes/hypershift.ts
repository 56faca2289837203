/** HostedCluster, NodePool and the mirror ConfigMaps. */
export const hypershiftCodes = {} as const;
