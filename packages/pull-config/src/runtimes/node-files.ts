import type { NodeFile } from '../model.ts';
import type { HostCertificate } from './model.ts';
import { certificatePath } from './node-paths.ts';

/** One `ca.crt` per host below a directory of per-host certificates. */
export function certificateFiles(certificates: readonly HostCertificate[], root: string): NodeFile[] {
  return certificates.map(({ host, pem }) => ({ path: certificatePath(root, host), mode: 0o644, contents: pem }));
}
