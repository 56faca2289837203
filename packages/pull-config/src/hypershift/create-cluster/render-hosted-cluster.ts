import type { KubeObject } from '@pullpath/api';
import { type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { goYaml } from '../../formats/go-yaml.ts';
import { encodeBase64 } from '../../pull/base64.ts';
import { checkRequest } from './check-request.ts';
import { type ClusterFiles, clusterFiles, unreadableFiles } from './cluster-files.ts';
import { type FlagValues, readFlags } from './flag-values.ts';
import type { CreateClusterFlags, CreateClusterPlatform } from './flags.ts';
import { hasEncryptionKey, hostedClusterObject } from './hosted-cluster-object.ts';
import { mirrorConfigMap } from './mirror-config-map.ts';
import { contentSourceRules, tagMirrorRules } from './mirror-files.ts';
import { nodePoolObjects } from './node-pool-objects.ts';
import type { Platform, PlatformParts } from './platform.ts';
import { agentPlatform } from './platform-agent.ts';
import { awsPlatform } from './platform-aws.ts';
import { kubevirtPlatform } from './platform-kubevirt.ts';
import { nonePlatform } from './platform-none.ts';

export interface CreateClusterInput {
  /** Texts of the files that `createClusterFiles` names, by the name in the flag; those that could not be read are absent. */
  readonly files: ReadonlyMap<string, string>;
  /** 32 random bytes. Only the Secret of `--render-sensitive` holds them; without them that Secret is left out. */
  readonly etcdEncryptionKey?: Uint8Array | undefined;
}

export interface CreateClusterResult {
  /** What is printed, in this order. Empty unless `exit` is 0, like `text`. */
  readonly objects: readonly KubeObject[];
  /** The objects as YAML, each followed by a line `---`. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** 0 done, 1 a file has wrong content, 2 wrong flags, 3 a file cannot be read. */
  readonly exit: 0 | 1 | 2 | 3;
}

const platforms: Readonly<Record<CreateClusterPlatform, Platform>> = {
  none: nonePlatform,
  agent: agentPlatform,
  kubevirt: kubevirtPlatform,
  aws: awsPlatform,
};

/**
 * `hypershift create cluster PLATFORM --render`: the objects of a new HostedCluster. Nothing is contacted, and equal input
 * gives equal bytes. Secrets are printed with `render-sensitive` only.
 */
export function renderHostedCluster(
  platform: CreateClusterPlatform,
  flags: CreateClusterFlags,
  input: CreateClusterInput,
): CreateClusterResult {
  const { values, diagnostics: flagFaults } = readFlags(platform, flags);
  const files = clusterFiles(values, input.files);
  const parts = platforms[platform](values, files);
  const mirrors = mirrorsOf(values, files);
  const unreadable = unreadableFiles(values, input.files);
  const checks = checkRequest(values, files, mirrors);
  const diagnostics = [...flagFaults, ...unreadable, ...parts.diagnostics, ...mirrors.diagnostics, ...checks];
  const exit = exitOf(diagnostics);
  if (exit !== 0) return { objects: [], text: '', diagnostics, exit };
  const objects = objectsOf(values, files, parts, mirrors, input).filter(
    ({ kind }) => kind !== 'Secret' || values.isOn('render-sensitive'),
  );
  return { objects, text: objects.map((object) => `${goYaml(object)}---\n`).join(''), diagnostics, exit };
}

function exitOf(diagnostics: readonly Diagnostic[]): CreateClusterResult['exit'] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => code === 'create-cluster-flag')) return 2;
  if (errors.some(({ code }) => code === 'create-cluster-file-unreadable')) return 3;
  return hasErrors(errors) ? 1 : 0;
}

type Mirrors = ReturnType<typeof mirrorsOf>;

function mirrorsOf(flags: FlagValues, files: ClusterFiles) {
  const contentSources = contentSourceRules(files);
  const tagMirrors = tagMirrorRules(files);
  const config = mirrorConfigMap(files, { name: flags.text('name'), namespace: flags.text('namespace') });
  return {
    contentSources: contentSources.rules,
    tagMirrors: tagMirrors.rules,
    config,
    diagnostics: [...contentSources.diagnostics, ...tagMirrors.diagnostics, ...config.diagnostics],
  };
}

/** In upstream's order: Namespace, ConfigMaps, pull secret, SSH key, the platform's objects, HostedCluster, NodePools. */
function objectsOf(
  flags: FlagValues,
  files: ClusterFiles,
  parts: PlatformParts,
  { contentSources, tagMirrors, config }: Mirrors,
  { etcdEncryptionKey }: CreateClusterInput,
): readonly KubeObject[] {
  const [name, namespace] = [flags.text('name'), flags.text('namespace')];
  const [bundle, sshKey] = [files.text('additional-trust-bundle'), files.text('ssh-key')];
  const secret = (suffix: string, key: string, text: string): KubeObject => ({
    apiVersion: 'v1',
    data: { [key]: encodeBase64(new TextEncoder().encode(text)) },
    kind: 'Secret',
    metadata: { labels: deletedWithCluster, name: `${name}-${suffix}`, namespace },
  });
  const mirrorConfigName = config.configMap?.metadata.name ?? (flags.text('image-mirror-config-ref') || undefined);
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace }, spec: {}, status: {} },
    ...(bundle ? [trustBundle(bundle.text, namespace)] : []),
    ...(config.configMap ? [config.configMap] : []),
    secret('pull-secret', '.dockerconfigjson', files.text('pull-secret')?.text ?? ''),
    ...(sshKey ? [secret('ssh-key', 'id_rsa.pub', sshKey.text)] : []),
    ...parts.resources,
    ...(hasEncryptionKey(parts) && etcdEncryptionKey ? [encryptionKey(etcdEncryptionKey, name, namespace)] : []),
    hostedClusterObject(flags, parts, {
      contentSources,
      tagMirrors,
      mirrorConfigName,
      hasTrustBundle: bundle !== undefined,
      hasSshKey: sshKey !== undefined,
    }),
    ...nodePoolObjects(flags, parts),
  ];
}

const deletedWithCluster = { 'hypershift.openshift.io/safe-to-delete-with-cluster': 'true' };

function trustBundle(pem: string, namespace: string): KubeObject {
  const metadata = { name: 'user-ca-bundle', namespace };
  return { apiVersion: 'v1', data: { 'ca-bundle.crt': pem }, kind: 'ConfigMap', metadata };
}

function encryptionKey(key: Uint8Array, name: string, namespace: string): KubeObject {
  return {
    apiVersion: 'v1',
    data: { key: encodeBase64(key) },
    kind: 'Secret',
    metadata: { labels: deletedWithCluster, name: `${name}-etcd-encryption-key`, namespace },
    type: 'Opaque',
  };
}
