import { compareBytes } from '../formats/go-order.ts';
import { writeRegistriesConf } from '../formats/registries-conf-write.ts';
import { writeSearchDropIn } from '../formats/search-drop-in.ts';
import { writeSigstoreRegistriesD } from '../formats/sigstore-registries-d.ts';
import type { Dialect, NodeFile } from '../model.ts';
import { baseFiles } from './base-files.ts';
import { namespacedPolicyPath } from './namespaced-policies.ts';
import type { NodeConfig } from './node-config.ts';

export interface RenderOptions {
  readonly dialect: Dialect;
}

/** Every file that the rules give a node, by path. A later ContainerRuntimeConfig wins over an earlier one. */
export function renderNodeFiles(config: NodeConfig, options: RenderOptions): NodeFile[] {
  return byPath([
    ...registriesFiles(config, options),
    ...config.containerRuntime.flatMap(({ files }) => files),
    ...certificateFiles(config),
    ...trustBundleFiles(config),
    ...authFiles(config),
  ]);
}

/** The whole of what decides pulls on a node: its base files, replaced where rules give it others. By path. */
export function nodeTree(config: NodeConfig, options: RenderOptions): NodeFile[] {
  return byPath([...baseFiles(), ...renderNodeFiles(config, options)]);
}

/** The files of `99-<pool>-generated-registries`, in the order in which machine-config-operator writes them there. */
export function registriesFiles(config: NodeConfig, { dialect }: RenderOptions): NodeFile[] {
  const { registriesConf, policyJSON, sigstoreScopes, namespacedPolicies, searchRegistries } = config;
  const conf = registriesConf && writeRegistriesConf(registriesConf, dialect);
  const sigstore = sigstoreScopes && writeSigstoreRegistriesD(sigstoreScopes);
  return [
    ...fileAt('/etc/containers/registries.conf', conf),
    ...fileAt('/etc/containers/policy.json', policyJSON),
    ...fileAt('/etc/containers/registries.d/sigstore-registries.yaml', sigstore),
    ...namespacedPolicies.flatMap(({ namespace, json }) => fileAt(namespacedPolicyPath(namespace), json)),
    ...(searchRegistries ? [writeSearchDropIn(searchRegistries, dialect)] : []),
  ];
}

function fileAt(path: string, contents: string | undefined): NodeFile[] {
  return contents === undefined ? [] : [{ path, mode: 0o644, contents }];
}

/** The authorities that CRI-O trusts for a registry (node-config 1.9). */
export function certificateFiles({ certificates }: NodeConfig): NodeFile[] {
  return certificates.flatMap(({ host, pem }) => fileAt(`/etc/docker/certs.d/${host}/ca.crt`, pem));
}

/** The authorities that the operating system trusts. */
export function trustBundleFiles({ trustBundle }: NodeConfig): NodeFile[] {
  const path = '/etc/pki/ca-trust/source/anchors/openshift-config-user-ca-bundle.crt';
  return trustBundle === undefined ? [] : [{ path, mode: 0o600, contents: trustBundle }];
}

/** The global pull secret, where the kubelet and CRI-O look for it. */
export function authFiles({ authFile }: NodeConfig): NodeFile[] {
  return authFile === undefined ? [] : [{ path: '/var/lib/kubelet/config.json', mode: 0o600, contents: authFile }];
}

function byPath(files: readonly NodeFile[]): NodeFile[] {
  const last = new Map(files.map((file) => [file.path, file]));
  return [...last.values()].sort((a, b) => compareBytes(a.path, b.path));
}
