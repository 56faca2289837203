import type { DiagnosticCode } from '@pullpath/diagnostics';

/** A file below a `certs.d` directory: absolute path and PEM text. */
export interface CertFile {
  readonly path: string;
  readonly contents: string;
}

/** What a runtime trusts and shows when it talks to one host, beside the system's own roots. */
export interface HostCertificates {
  /** The directory that serves the host, null if none does. */
  readonly directory: string | null;
  readonly authorities: readonly CertFile[];
  readonly clients: readonly { readonly certificate: CertFile; readonly key: CertFile }[];
  /** Faults that keep the runtime from talking to the host at all. */
  readonly faults: readonly { readonly code: DiagnosticCode; readonly message: string }[];
}

/** Where CRI-O and a rootful podman look; the first with a directory for the host wins. */
export const certsDirectories: readonly string[] = ['/etc/containers/certs.d', '/etc/docker/certs.d'];

/**
 * The certificates of `host[:port]`, spelled as in the image reference (`docker.io` stays `docker.io`): every `*.crt` is a
 * trusted authority, every `*.cert` needs the `*.key` beside it and the other way round. Source: containers/image `docker`
 * dockerCertDir and `pkg/tlsclientconfig` SetupCertificates.
 */
export function findCertificates(
  files: readonly CertFile[],
  host: string,
  directories: readonly string[] = certsDirectories,
): HostCertificates {
  for (const base of directories) {
    const directory = `${base}/${host}`;
    const inside = files.filter(({ path }) => isDirectlyIn(path, directory)).sort(byPath);
    if (inside.length > 0) return certificatesOf(directory, inside);
  }
  return { directory: null, authorities: [], clients: [], faults: [] };
}

function isDirectlyIn(path: string, directory: string): boolean {
  return path.startsWith(`${directory}/`) && !path.includes('/', directory.length + 1);
}

function byPath(left: CertFile, right: CertFile): number {
  return left.path < right.path ? -1 : Number(left.path > right.path);
}

function certificatesOf(directory: string, files: readonly CertFile[]): HostCertificates {
  const byName = new Map(files.map((file) => [file.path, file]));
  const certificates = files.filter(({ path }) => path.endsWith('.cert'));
  const keys = files.filter(({ path }) => path.endsWith('.key'));
  const withoutKey = certificates.filter(({ path }) => !byName.has(keyPath(path)));
  const withoutCertificate = keys.filter(({ path }) => !byName.has(certificatePath(path)));
  return {
    directory,
    authorities: files.filter(({ path }) => path.endsWith('.crt')),
    clients: certificates.flatMap((certificate) => {
      const key = byName.get(keyPath(certificate.path));
      return key ? [{ certificate, key }] : [];
    }),
    faults: [
      ...withoutKey.map(({ path }) => ({
        code: 'certs-key-missing' as const,
        message: `${path} has no ${keyPath(path)} beside it; a CA certificate ends in .crt`,
      })),
      ...withoutCertificate.map(({ path }) => ({
        code: 'certs-cert-missing' as const,
        message: `${path} has no ${certificatePath(path)} beside it`,
      })),
    ],
  };
}

function keyPath(certificate: string): string {
  return `${certificate.slice(0, -'.cert'.length)}.key`;
}

function certificatePath(key: string): string {
  return `${key.slice(0, -'.key'.length)}.cert`;
}
