import { type LocatedObject, valueAt } from '@pullpath/api';
import { type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { mirrorsOfCluster } from '../../collect/cluster-mirrors.ts';
import type { HostedScope } from '../../collect/hosted-objects.ts';
import { textAt } from '../../collect/objects.ts';
import type { Scope } from '../../model.ts';
import { type RenderedScope, renderScope } from '../../render-scope.ts';
import { faultsOfStored } from '../../stored-faults.ts';
import { marks, mirrorCopyName } from '../control-plane/names.ts';
import { readMirrorCopy } from '../mirror-config/held-config.ts';
import { type ReleaseVersion, versionOfReleaseImage } from '../release-version.ts';
import { clusterMirrorText } from './cluster-mirror-objects.ts';
import { coreConfigs, mirrorConfigName } from './core-configs.ts';
import { hashSimple } from './fnv.ts';
import { renderNodePoolPayload } from './payload.ts';
import type { RolloutHashes } from './rollout-hash.ts';

/** The objects that a NodePool of a running control plane is made from, as an API server holds them. */
export interface NodePoolObjects {
  readonly hostedCluster: LocatedObject;
  readonly controlPlane: LocatedObject;
  readonly nodePool: LocatedObject;
  /** The last good copy of the cluster's mirror ConfigMap. */
  readonly copy?: LocatedObject | undefined;
  /** ConfigMaps of the control plane with the core label. */
  readonly coreConfigs: readonly LocatedObject[];
  /** Those that the pool names, as far as they exist. */
  readonly configMaps: readonly LocatedObject[];
  /** Pull secret, trust bundle and trusted CAs; only files need them. */
  readonly others?: readonly LocatedObject[] | undefined;
}

/** What a NodePool's nodes are to get. */
export type NodePoolContent =
  /** The control plane is in the middle of a change. */
  | { readonly state: 'waiting'; readonly message: string }
  | { readonly state: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly state: 'valid';
      readonly raw: string;
      readonly hashes: RolloutHashes;
      /** Undefined where nothing tells. */
      readonly version: ReleaseVersion | undefined;
      /** Of the cluster's mirrors alone. */
      readonly mirrorHash: string;
      readonly diagnostics: readonly Diagnostic[];
    };

/**
 * The raw configuration and hashes of a NodePool. It waits until the core ConfigMaps are all there and say what the control
 * plane says, so that a change of several objects is one rollout (hypershift 2.6).
 */
export function nodePoolContent(objects: NodePoolObjects): NodePoolContent {
  const mirrors = expectedMirrorText(objects);
  const message = waitsFor(objects, mirrors);
  if (message !== undefined) return { state: 'waiting', message };
  const [located, scope] = [effectiveObjects(objects), scopeOf(objects)];
  const { raw, hashes, diagnostics } = renderNodePoolPayload(located, scope, {
    ...anyTags,
    assumedVersion: unversioned(objects),
  });
  const rendered = raw === undefined ? undefined : renderScope(located, scope);
  const all = faultsOfStored(rendered ? [...diagnostics, ...errorsOf(rendered)] : diagnostics);
  if (raw === undefined || hashes === undefined || hasErrors(all)) return { state: 'invalid', diagnostics: all };
  const image = textAt(objects.nodePool, ['spec', 'release', 'image']) ?? '';
  const mirrorHash = hashSimple(mirrors);
  return { state: 'valid', raw, hashes, version: versionOfReleaseImage(image), mirrorHash, diagnostics: all };
}

/** The files of a NodePool's nodes. */
export function nodePoolFiles(objects: NodePoolObjects): RenderedScope {
  return renderScope(effectiveObjects(objects), scopeOf(objects));
}

// The control plane holds tag mirrors only where its release takes them, whatever the minimum is.
const anyTags = { tagMirrorMinVersion: '0.0.0' } as const;

function errorsOf({ diagnostics }: RenderedScope): readonly Diagnostic[] {
  return diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'release-unsupported');
}

function waitsFor({ coreConfigs: present }: NodePoolObjects, mirrors: string): string | undefined {
  const named = present.map((object) => ({ name: String(object.object.metadata.name), object }));
  const expected = [
    'ignition-config-fips',
    'ignition-config-worker-ssh',
    ...(mirrors === '' ? [] : [mirrorConfigName]),
  ];
  const { missing } = coreConfigs(named, expected);
  if (missing.length > 0) return `core ignition ConfigMaps are missing: ${missing.join(', ')}`;
  const core = named.find(({ name }) => name === mirrorConfigName);
  const hash = core && textAt(core.object, ['metadata', 'annotations', marks.mirrorHash]);
  const isStale = mirrors === '' ? core !== undefined : hash !== hashSimple(mirrors);
  return isStale
    ? `core ignition ConfigMap ${mirrorConfigName} does not have the mirrors of the control plane yet`
    : undefined;
}

function expectedMirrorText({ controlPlane, copy }: NodePoolObjects): string {
  const image = textAt(controlPlane, ['spec', 'releaseImage']) ?? '';
  const sources = { cluster: controlPlane, config: copy ? readMirrorCopy(copy).config : {} };
  const { digest, tag } = mirrorsOfCluster(sources, versionOfReleaseImage(image), anyTags);
  return clusterMirrorText(digest, tag);
}

function scopeOf({ hostedCluster, nodePool }: NodePoolObjects): HostedScope & Scope {
  const { namespace = '', name = '' } = hostedCluster.object.metadata;
  return { hostedCluster: { namespace, name }, nodePool: String(nodePool.object.metadata.name) };
}

/** The objects as if the user had declared what is in force: mirrors from the control plane and its copy. */
function effectiveObjects(objects: NodePoolObjects): readonly LocatedObject[] {
  const { hostedCluster, nodePool, copy, coreConfigs: cores, configMaps, others = [] } = objects;
  const { namespace } = hostedCluster.object.metadata;
  const copied = copy ? [withMetadata(copy, { name: mirrorCopyName, ...(namespace && { namespace }) })] : [];
  return [effectiveCluster(objects), desired(nodePool), ...cores, ...configMaps, ...others, ...copied];
}

function effectiveCluster({ hostedCluster, controlPlane }: NodePoolObjects): LocatedObject {
  const at = (field: string): unknown => valueAt(controlPlane.object, ['spec', field]);
  const spec = {
    ...(valueAt(hostedCluster.object, ['spec']) as object),
    imageContentSources: at('imageContentSources'),
    imageTagMirrorSet: at('imageTagMirrorSet'),
    imageMirrorConfigRef: at('imageMirrorConfigRef'),
  };
  return { object: { ...hostedCluster.object, spec, status: undefined } };
}

/** What runs does not decide what is to run. */
function desired({ object }: LocatedObject): LocatedObject {
  return { object: { ...object, status: undefined } };
}

function withMetadata({ object }: LocatedObject, metadata: object): LocatedObject {
  return { object: { ...object, metadata: { ...object.metadata, ...metadata } } };
}

/** A release by digest still has to differ from another one. */
function unversioned({ nodePool }: NodePoolObjects): ReleaseVersion {
  return { major: 4, minor: 99, patch: 0, text: textAt(nodePool, ['spec', 'release', 'image']) ?? '' };
}
