/** What the real controller manager runs beside the server: the controllers whose work our server does itself. */
export const controllers: readonly string[] = [
  'garbagecollector',
  'namespace',
  'disruption',
  'clusterrole-aggregation',
];
