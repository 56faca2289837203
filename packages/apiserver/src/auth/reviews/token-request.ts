import { randomUUID } from 'node:crypto';
import { trackUpdate } from '../../apply/track-update.ts';
import { decodeTyped } from '../../builtin/decode-typed.ts';
import { mapAt, numberAt, textAt, textsAt, valueAt } from '../../builtin/read.ts';
import { schemaOfKind } from '../../builtin/schema-of-message.ts';
import { invalid } from '../../builtin/validation/faults.ts';
import type { Endpoint, EndpointCall } from '../../resources/endpoint.ts';
import { type ClusterReader, clusterReader } from '../../rest/cluster-reader.ts';
import { metadataOf, timestamp } from '../../rest/metadata.ts';
import { badRequest, conflict, type FieldFault, invalid as invalidObject, notFound } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { type Authentication, issuerOf } from '../authenticate.ts';
import { type BoundObject, serviceAccountToken, type TokenTerms } from '../service-account-token.ts';
import { authenticationGroup } from './authentication.ts';

const message = 'authentication.TokenRequest';
const kind = { group: authenticationGroup, version: 'v1', kind: 'TokenRequest' };
const accounts = { group: '', resource: 'serviceaccounts' };

/** `serviceaccounts/token`: issues a token of a ServiceAccount, bound to an object where one is named. */
export function tokenRequestEndpoint(auth: Authentication): Endpoint {
  return {
    group: '',
    version: 'v1',
    resource: 'serviceaccounts',
    subresource: 'token',
    namespaced: true,
    singular: '',
    verbs: ['create'],
    kind,
    schema: schemaOfKind(message, 'A token of a ServiceAccount.'),
    handle: (call) => ({ status: 201, object: answer(auth, call) }),
  };
}

function answer(auth: Authentication, call: EndpointCall): StoredObject {
  const request = decodeTyped({ ...kind, message }, call.object ?? {});
  const reader = clusterReader(auth.store, call.cluster);
  const account = reader.get(accounts, call.namespace, call.name);
  if (!account) throw notFound(accounts, call.name);
  const { name, namespace, uid } = metadataOf(account);
  checkRequest(request, call);
  const spec = {
    audiences: audiencesOf(request, call.cluster),
    expirationSeconds: expirationOf(request),
    boundObjectRef: valueAt(request, 'spec', 'boundObjectRef') ?? null,
  };
  const terms = termsOf(auth, call, reader, spec);
  return {
    kind: kind.kind,
    apiVersion: `${authenticationGroup}/v1`,
    metadata: {
      ...metadataOf(owned(auth, request, call)),
      name,
      namespace,
      uid,
      creationTimestamp: timestamp(auth.now()),
    },
    spec,
    status: {
      token: serviceAccountToken(auth.key, account, terms),
      expirationTimestamp: timestamp(new Date((terms.now + terms.lifetimeSeconds) * 1000)),
    },
  };
}

const tracked = {
  ...kind,
  resource: 'tokenrequests',
  schema: schemaOfKind(message, ''),
  statusSubresource: false,
  strategicMerge: true,
};

/** The request with its default, and who set which field. */
function owned(auth: Authentication, request: StoredObject, { manager }: EndpointCall): StoredObject {
  const spec = { ...mapAt(request, 'spec'), expirationSeconds: expirationOf(request) };
  const options = { manager, subresource: 'token' };
  return trackUpdate(tracked, undefined, { ...request, spec }, options, timestamp(auth.now()));
}

function checkRequest(request: StoredObject, { name, namespace }: EndpointCall): void {
  const given = mapAt(request, 'metadata');
  const asked = expirationOf(request);
  const faults: FieldFault[] = [
    ...mismatch('metadata.name', textAt(given, 'name'), name, 'name'),
    ...mismatch('metadata.namespace', textAt(given, 'namespace'), namespace, 'namespace'),
    ...(asked < 600
      ? [invalid('spec.expirationSeconds', asked, 'may not specify a duration less than 10 minutes')]
      : []),
    ...(asked > 2 ** 32
      ? [invalid('spec.expirationSeconds', asked, 'may not specify a duration larger than 2^32 seconds')]
      : []),
  ];
  if (faults.length > 0) throw invalidObject(kind, '', faults);
}

function mismatch(field: string, given: string, wanted: string, what: string): FieldFault[] {
  if (given === '' || given === wanted) return [];
  return [invalid(field, given, `must match the service account ${what} if specified`)];
}

function audiencesOf(request: StoredObject, cluster: string): readonly string[] {
  const audiences = textsAt(request, 'spec', 'audiences');
  return audiences.length > 0 ? audiences : [issuerOf(cluster)];
}

function expirationOf(request: StoredObject): number {
  return valueAt(request, 'spec', 'expirationSeconds') === undefined
    ? 3600
    : numberAt(request, 'spec', 'expirationSeconds');
}

function termsOf(
  auth: Authentication,
  call: EndpointCall,
  reader: ClusterReader,
  spec: { audiences: readonly string[]; expirationSeconds: number; boundObjectRef: unknown },
): TokenTerms {
  const binding = spec.boundObjectRef === null ? {} : bindingOf(reader, call, spec.boundObjectRef);
  return {
    issuer: issuerOf(call.cluster),
    audiences: spec.audiences,
    now: Math.floor(auth.now().getTime() / 1000),
    lifetimeSeconds: spec.expirationSeconds,
    id: randomUUID(),
    ...binding,
  };
}

const bindable: ReadonlyMap<string, { resource: string; namespaced: boolean }> = new Map([
  ['Pod', { resource: 'pods', namespaced: true }],
  ['Secret', { resource: 'secrets', namespaced: true }],
  ['Node', { resource: 'nodes', namespaced: false }],
]);

function bindingOf(reader: ClusterReader, call: EndpointCall, ref: unknown): Pick<TokenTerms, 'bound' | 'node'> {
  const [wanted, apiVersion, name] = [textAt(ref, 'kind'), textAt(ref, 'apiVersion'), textAt(ref, 'name')];
  const of = apiVersion === 'v1' ? bindable.get(wanted) : undefined;
  if (!of) throw badRequest(`cannot bind token to object of type ${describeKind(apiVersion, wanted)}`);
  const resource = { group: '', resource: of.resource };
  const object = reader.get(resource, of.namespaced ? call.namespace : '', name);
  if (!object) throw notFound(resource, name);
  const { uid = '' } = metadataOf(object);
  if (wanted === 'Pod' && textAt(object, 'spec', 'serviceAccountName') !== call.name) {
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(call.name)} to pod running with different serviceaccount name.`,
    );
  }
  checkUid(ref, uid, wanted, name);
  const bound: BoundObject = { kind: wanted as BoundObject['kind'], name, uid };
  return { bound, node: wanted === 'Pod' ? nodeOf(reader, object) : undefined };
}

function describeKind(apiVersion: string, kind: string): string {
  return `${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${kind}`;
}

function checkUid(ref: unknown, uid: string, wanted: string, name: string): void {
  const given = textAt(ref, 'uid');
  if (given === '' || given === uid) return;
  throw conflict(
    { group: '', resource: wanted },
    name,
    `the UID in the bound object reference (${given}) does not match the UID in record. The object might have been deleted and then recreated`,
  );
}

function nodeOf(reader: ClusterReader, pod: StoredObject): TokenTerms['node'] {
  const name = textAt(pod, 'spec', 'nodeName');
  if (name === '') return undefined;
  const node = reader.get({ group: '', resource: 'nodes' }, '', name);
  return { name, uid: node && metadataOf(node).uid };
}
