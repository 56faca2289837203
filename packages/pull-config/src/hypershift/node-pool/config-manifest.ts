import { type KubeObject, loadManifests } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { goYaml } from '../../formats/go-yaml.ts';
import type { GoMismatch, GoType } from './go-struct.ts';
import { containerRuntimeConfig, kubeletConfig, machineConfig } from './machine-config-types.ts';

/** A manifest as it enters the payload of a NodePool, or why it cannot. `object` is there whenever one could be read. */
export type ConfigManifest =
  | { readonly ok: true; readonly text: string; readonly object: KubeObject }
  | { readonly ok: false; readonly message: string; readonly object?: KubeObject | undefined };

/**
 * Takes one YAML document of `NodePool.spec.config` (HyperShift `defaultAndValidateConfigManifest`): MachineConfig,
 * KubeletConfig and ContainerRuntimeConfig are bound to the workers and written anew, mirror and policy kinds keep their
 * text, anything else is refused. Decoding is not strict: unknown fields pass.
 */
export function defaultConfigManifest(document: string): ConfigManifest {
  const decoded = decode(document);
  if (!decoded.ok) return { ok: false, message: `error decoding config: ${decoded.message}` };
  const { object } = decoded;
  const kind = configKinds.get(`${object.apiVersion} ${object.kind}`);
  if (!kind) return { ok: false, message: refusalOf(object), object };
  return kind(object, document);
}

type Treatment = (object: KubeObject, document: string) => ConfigManifest;

const machineConfiguration = 'machineconfiguration.openshift.io/v1';
const config = 'config.openshift.io/v1';

const configKinds: ReadonlyMap<string, Treatment> = new Map<string, Treatment>([
  [`${machineConfiguration} MachineConfig`, (object) => encodeAnew(machineConfig, forWorkers(object))],
  [`${machineConfiguration} KubeletConfig`, (object) => encodeAnew(kubeletConfig, forBuiltInPools(object))],
  [
    `${machineConfiguration} ContainerRuntimeConfig`,
    (object) => encodeAnew(containerRuntimeConfig, forBuiltInPools(object)),
  ],
  [`${config} ImageDigestMirrorSet`, unchanged],
  [`${config} ImageTagMirrorSet`, unchanged],
  ['operator.openshift.io/v1alpha1 ImageContentSourcePolicy', unchanged],
  [`${config} ClusterImagePolicy`, unchanged],
  [`${config}alpha1 ClusterImagePolicy`, promoted],
]);

function unchanged(object: KubeObject, document: string): ConfigManifest {
  return { ok: true, text: document, object };
}

/** The kind left v1alpha1; the first mention in the text is rewritten, nothing else. */
function promoted(object: KubeObject, document: string): ConfigManifest {
  return { ok: true, text: document.replace(`${config}alpha1`, config), object: { ...object, apiVersion: config } };
}

function forWorkers(object: KubeObject): KubeObject {
  const labels = { ...object.metadata.labels, 'machineconfiguration.openshift.io/role': 'worker' };
  return { ...object, metadata: { ...object.metadata, labels } };
}

function forBuiltInPools(object: KubeObject): KubeObject {
  const machineConfigPoolSelector = { matchLabels: { 'machineconfiguration.openshift.io/mco-built-in': '' } };
  const spec = typeof object['spec'] === 'object' && object['spec'] !== null ? object['spec'] : {};
  return { ...object, spec: { ...spec, machineConfigPoolSelector } };
}

function encodeAnew(type: GoType, object: KubeObject): ConfigManifest {
  const mismatches: GoMismatch[] = [];
  const printed = type(object, [], mismatches);
  const message = mismatches.map((mismatch) => mismatch.message).join('; ');
  if (message !== '') return { ok: false, message: `error decoding config: ${message}`, object };
  return { ok: true, text: goYaml(printed), object };
}

function decode(document: string): { ok: true; object: KubeObject } | { ok: false; message: string } {
  const { objects, diagnostics } = loadManifests([{ file: '', text: document }]);
  const [object] = objects;
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (object !== undefined && fault === undefined) return { ok: true, object: object.object };
  return { ok: false, message: faultText(fault) };
}

/** The texts that users know from Kubernetes, then ours. */
function faultText(fault: Diagnostic | undefined): string {
  if (fault === undefined) return "Object 'Kind' is missing";
  if (fault.code !== 'object-kind-missing') return fault.message;
  const field = fault.message.includes('kind') ? 'Kind' : 'apiVersion';
  return `Object '${field}' is missing: ${fault.message}`;
}

/** API groups that HyperShift knows: their other kinds are unsupported, kinds of other groups unknown. */
const knownVersions: ReadonlySet<string> = new Set([
  machineConfiguration,
  config,
  `${config}alpha1`,
  'operator.openshift.io/v1alpha1',
]);

function refusalOf({ apiVersion, kind }: KubeObject): string {
  const accepted = [...configKinds.keys()].map((name) => name.split(' ')[1]).filter(isFirst);
  const list = `accepted are ${accepted.join(', ')}`;
  if (knownVersions.has(apiVersion)) return `unsupported config type: ${kind} of ${apiVersion}, ${list}`;
  return `error decoding config: no kind "${kind}" is registered for version "${apiVersion}" in scheme, ${list}`;
}

function isFirst(name: string | undefined, index: number, names: readonly (string | undefined)[]): boolean {
  return names.indexOf(name) === index;
}
