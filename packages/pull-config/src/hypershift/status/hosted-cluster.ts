import { type LocatedObject, valueAt } from '@pullpath/api';
import { hostedReleases } from '../../collect/hosted-release.ts';
import { textAt } from '../../collect/objects.ts';
import type { MirrorCondition, MirrorDecision } from '../mirror-config/decide-mirrors.ts';
import type { HeldConfig } from '../mirror-config/held-config.ts';
import { type ReleaseVersion, versionOfReleaseImage } from '../release-version.ts';
import { absent, expected, type FoundCondition, failed } from './condition.ts';

/** What is known about a hosted cluster when its conditions are written. */
export interface HostedClusterFacts {
  readonly mirrors: Pick<MirrorDecision, 'condition' | 'waitsForFirst'>;
  /** Another HostedCluster's record has the name of this one's, or why there is none. */
  readonly record?: { readonly conflict?: string | undefined; readonly note?: string | undefined } | undefined;
  /** Why the API of the hosted cluster cannot be reached; undefined when it can. */
  readonly unreachable?: string | undefined;
  /** What the operator inside the hosted cluster reports, from the HostedControlPlane. */
  readonly guest?: FoundCondition | undefined;
}

/** Conditions of a HostedCluster (hypershift 1.10, 2.7). `ValidImageMirrorConfig` is missing where nothing is to be said. */
export function hostedClusterConditions(facts: HostedClusterFacts): readonly FoundCondition[] {
  const mirrors = mirrorCondition(facts);
  return [
    facts.unreachable === undefined
      ? expected('Available', 'The hosted control plane is available')
      : failed('Available', 'WaitingForAvailable', facts.unreachable),
    absent('Progressing'),
    absent('Degraded', 'The hosted cluster is not degraded'),
    expected('SupportedHostedCluster', 'HostedCluster is supported by operator configuration'),
    validConfiguration(facts.mirrors),
    ...(mirrors ? [{ type: 'ValidImageMirrorConfig', ...mirrors }] : []),
    ...(facts.guest ? [facts.guest] : []),
    {
      ...expected('ReconciliationSucceeded', 'Reconciliation completed successfully'),
      reason: 'ReconciliationSucceeded',
    },
  ];
}

function mirrorCondition({ mirrors, record }: HostedClusterFacts): MirrorCondition | undefined {
  const { condition } = mirrors;
  if (condition?.status !== 'True') return condition;
  if (record?.conflict !== undefined) return { status: 'False', reason: 'NameConflict', message: record.conflict };
  return record?.note === undefined ? condition : { ...condition, message: `${condition.message}; ${record.note}` };
}

/** Refused mirrors make the configuration invalid only as long as nothing is in force. */
function validConfiguration({ condition, waitsForFirst }: HostedClusterFacts['mirrors']): FoundCondition {
  if (waitsForFirst && condition?.status === 'False')
    return failed('ValidConfiguration', 'InvalidConfiguration', condition.message);
  return expected('ValidConfiguration', 'Configuration passes validation');
}

/** `status.imageMirrorConfig`: where a HostedCluster stands with the ConfigMap that it names. */
export interface MirrorConfigStatus {
  readonly configMapName: string;
  /** The revision that was last judged, and the one that is in force. */
  readonly observedResourceVersion: string;
  readonly appliedResourceVersion: string;
  readonly hash: string;
  readonly digestRules: number;
  readonly tagRules: number;
  readonly lastAppliedTime?: string | undefined;
  /** NodePools whose nodes do not all have the mirrors in force. */
  readonly pendingNodePools: number;
}

/** The status without its time; undefined for a HostedCluster that names no ConfigMap. */
export function mirrorConfigStatus(
  hostedCluster: LocatedObject,
  { digest, tag }: Pick<MirrorDecision, 'digest' | 'tag'>,
  held: HeldConfig | undefined,
  seen: { readonly resourceVersion: string; readonly pendingNodePools: number },
): MirrorConfigStatus | undefined {
  const configMapName = textAt(hostedCluster, ['spec', 'imageMirrorConfigRef', 'name']);
  if (configMapName === undefined) return undefined;
  return {
    configMapName,
    observedResourceVersion: seen.resourceVersion,
    appliedResourceVersion: held?.resourceVersion ?? '',
    hash: held?.hash ?? '',
    digestRules: digest.length,
    tagRules: tag.length,
    pendingNodePools: seen.pendingNodePools,
  };
}

/** `status.version` with the desired release as the newest completed one. `now` is RFC 3339. */
export function versionStatus(hostedCluster: LocatedObject, now: string): unknown {
  const image = textAt(hostedCluster, ['spec', 'release', 'image']) ?? '';
  const old = valueAt(hostedCluster.object, ['status', 'version']);
  const history = valueAt(old, ['history']);
  const entries: readonly unknown[] = Array.isArray(history) ? history : [];
  if (valueAt(entries[0], ['image']) === image) return old;
  const version = versionOfReleaseImage(image)?.text;
  const release = { image, ...(version === undefined ? {} : { version }) };
  const entry = { ...release, state: 'Completed', startedTime: now, completionTime: now, verified: false };
  return { desired: release, history: [entry, ...entries].slice(0, mostHistory) };
}

/** The release version of a HostedCluster, the desired one being completed; undefined where nothing tells. */
export function hostedClusterVersion(hostedCluster: LocatedObject, now: string): ReleaseVersion | undefined {
  const { object } = hostedCluster;
  const status = { ...(object['status'] as object | undefined), version: versionStatus(hostedCluster, now) };
  return hostedReleases({ object: { ...object, status } }, undefined, {}).hostedCluster.version;
}

/** ClusterVersion keeps as many. */
const mostHistory = 100;
