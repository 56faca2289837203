import type { KubeObject } from './object.ts';
import type { Resource } from './resource.ts';

export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>> | undefined;
  readonly binaryData?: Readonly<Record<string, string>> | undefined;
  readonly immutable?: boolean | undefined;
}

/** `coordination.k8s.io/v1`; times have six decimals (MicroTime). */
export interface Lease extends KubeObject {
  readonly spec?:
    | {
        readonly holderIdentity?: string | undefined;
        readonly leaseDurationSeconds?: number | undefined;
        readonly acquireTime?: string | undefined;
        readonly renewTime?: string | undefined;
        readonly leaseTransitions?: number | undefined;
      }
    | undefined;
}

/** Which object an event is about. */
export interface ObjectReference {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly fieldPath?: string | undefined;
}

/** `v1`, which `kubectl describe` shows. */
export interface KubeEvent extends KubeObject {
  readonly involvedObject: ObjectReference;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly firstTimestamp: string;
  readonly lastTimestamp: string;
  readonly source: { readonly component: string; readonly host?: string | undefined };
  readonly reportingComponent: string;
  readonly reportingInstance: string;
}

export const configMaps: Resource<ConfigMap> = core('configmaps', 'ConfigMap');
export const pods: Resource = core('pods', 'Pod');
export const events: Resource<KubeEvent> = core('events', 'Event');
export const leases: Resource<Lease> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  namespaced: true,
};

function core<T extends KubeObject>(plural: string, kind: string): Resource<T> {
  return { group: '', version: 'v1', plural, kind, namespaced: true };
}
