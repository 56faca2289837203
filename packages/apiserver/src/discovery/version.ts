import type { StoredObject } from '../store/record.ts';

/** The Kubernetes release whose API this server speaks; clients compare its minor version with their own. */
export const kubernetesMinor = '36';

/** `/version`. */
export const versionInfo: StoredObject = {
  major: '1',
  minor: kubernetesMinor,
  emulationMajor: '1',
  emulationMinor: kubernetesMinor,
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: `v1.${kubernetesMinor}.3+pullpath`,
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'node',
  platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
};
