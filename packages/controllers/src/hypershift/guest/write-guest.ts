import type { KubeObject } from '@pullpath/api';
import { type GuestMirrors, guestAdmissionPolicies, marks } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import { type OwnedObjects, ownedObjects, type Wanted } from '../../manager/owned-objects.ts';
import { contentSourcePolicies, digestMirrorSets, tagMirrorSets } from '../../resources.ts';
import { admissionPolicies, admissionPolicyBindings } from './resources.ts';

/** The objects `cluster` and the copies of NodePool documents; what is ours and no longer wanted goes. */
export async function ensureGuestMirrors(
  api: ApiCluster,
  { digest, tag, legacy }: GuestMirrors,
  copies: readonly KubeObject[],
): Promise<void> {
  const wanted = [digest, tag, legacy, ...copies].filter((object) => object !== undefined);
  for (const object of wanted) await viewOf(api, object.kind).ensure(asWanted(object));
  for (const watched of [digestMirrorSets, tagMirrorSets, contentSourcePolicies])
    await removeOthers(ownedObjects(api, watched), new Set(wanted.filter(isOf(watched)).map(nameOf)));
}

/** Policies that keep users from changing what the HostedCluster decides. The server fills in what they leave out. */
export async function ensurePolicies(api: ApiCluster, placement: 'management' | 'guest'): Promise<void> {
  for (const object of policies[placement])
    await viewOf(api, String(object['kind'])).ensure(object, { defaulted: true });
}

const policies = {
  management: guestAdmissionPolicies('management').map(asWanted),
  guest: guestAdmissionPolicies('guest').map(asWanted),
};

const collections = {
  ImageDigestMirrorSet: digestMirrorSets,
  ImageTagMirrorSet: tagMirrorSets,
  ImageContentSourcePolicy: contentSourcePolicies,
  ValidatingAdmissionPolicy: admissionPolicies,
  ValidatingAdmissionPolicyBinding: admissionPolicyBindings,
};

function viewOf(api: ApiCluster, kind: string): OwnedObjects {
  const watched = Object.entries(collections).find(([name]) => name === kind)?.[1];
  if (!watched) throw new Error(`a guest gets no ${kind}`);
  return ownedObjects(api, watched);
}

// ICSP `cluster` is the form of old releases: wherever it is found beside the new one, it goes.
async function removeOthers(view: OwnedObjects, wanted: ReadonlySet<string>): Promise<void> {
  for (const object of view.list()) {
    const isOurs = object.metadata.labels?.[marks.managed] === 'true' || object.metadata.name === 'cluster';
    if (isOurs && !wanted.has(object.metadata.name)) await view.remove(object);
  }
}

function isOf({ resource }: (typeof collections)[keyof typeof collections]): (object: KubeObject) => boolean {
  return ({ kind }) => kind === resource.kind;
}

function nameOf({ metadata }: KubeObject): string {
  return String(metadata.name);
}

function asWanted({ metadata, ...object }: KubeObject): Wanted {
  return { ...object, metadata: { ...metadata, name: String(metadata.name) } };
}
