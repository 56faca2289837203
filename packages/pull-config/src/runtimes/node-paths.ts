/** Where the runtimes look for what we write. */
export const containerdRoot = '/etc/containerd/certs.d';
export const dockerConfig = '/etc/docker/daemon.json';
export const dockerCertificates = '/etc/docker/certs.d';
/** A machine configuration patch for `talosctl apply-config --config-patch`; Talos has no such file itself. */
export const talosPatch = '/talos/registries.yaml';

/** `registries.yaml` of k3s or rke2. */
export function registriesYamlPath(runtime: 'k3s' | 'rke2'): string {
  return `/etc/rancher/${runtime}/registries.yaml`;
}

/** Per-host certificates that registries.yaml points to. */
export function rancherCertificates(runtime: 'k3s' | 'rke2'): string {
  return `/etc/rancher/${runtime}/certs.d`;
}

/** Where the CA bundle of a host lies below a directory of per-host certificates. */
export function certificatePath(root: string, host: string): string {
  return `${root}/${host}/ca.crt`;
}
