import { clusterIdOf, type HostedCluster } from '../../hosted-clusters/objects.ts';
import { allowedClusterId, bodyOf, type Call, clusterOfPath, parameter } from '../call.ts';
import { clusterStateOf } from '../clusters/cluster-state.ts';
import { clusterView } from '../clusters/cluster-view.ts';
import { created, noContent, ok, type ServiceAnswer } from '../http.ts';
import { pageOf } from '../list/page.ts';
import { badRequest, conflict, notFound } from '../refusal.ts';
import type { Route } from '../routes.ts';
import { timestamp } from '../timestamp.ts';
import { writeCluster } from '../write-cluster.ts';
import { addMirror, changeMirror, removeMirror } from './mirror-changes.ts';
import { missing, readMirrorInput } from './mirror-input.ts';
import { mirrorPatch } from './mirror-patch.ts';
import { mirrorStatus } from './mirror-status.ts';
import { mirrorView } from './mirror-view.ts';
import { type StoredMirror, storedMirrorsOf } from './stored-mirrors.ts';

const collection = '/api/clusters_mgmt/v1/clusters/{cluster}/image_mirrors';

export const mirrorRoutes: readonly Route[] = [
  { path: collection, methods: { GET: list, POST: create } },
  { path: `${collection}/status`, methods: { GET: statusOfAll } },
  { path: `${collection}/{mirror}`, methods: { GET: get, PATCH: patch, DELETE: remove } },
  { path: `${collection}/{mirror}/status`, methods: { GET: status } },
];

async function list(call: Call): Promise<ServiceAnswer> {
  const cluster = await clusterOfPath(call);
  const clusterId = clusterIdOf(cluster);
  const items = storedMirrorsOf(cluster, call.service.tagMirrors).map((mirror) => mirrorView(clusterId, mirror));
  const hidden = { cluster_id: clusterId };
  return ok(pageOf({ kind: 'ImageMirrorList', items, isField, hidden }, call.request.query));
}

/** `name` is known to searches of upstream, but no mirror has one. */
const fields: ReadonlySet<string> = new Set([
  'id',
  'name',
  'cluster_id',
  'type',
  'source',
  'creation_timestamp',
  'last_update_timestamp',
]);

function isField(name: string): boolean {
  return fields.has(name);
}

async function get(call: Call): Promise<ServiceAnswer> {
  const cluster = await clusterOfPath(call);
  return ok(mirrorView(clusterIdOf(cluster), storedMirror(call, cluster)));
}

async function status(call: Call): Promise<ServiceAnswer> {
  const cluster = await clusterOfPath(call);
  return ok(await mirrorStatus(call.service, cluster, storedMirror(call, cluster)));
}

async function statusOfAll(call: Call): Promise<ServiceAnswer> {
  return ok(await mirrorStatus(call.service, await clusterOfPath(call)));
}

async function create(call: Call): Promise<ServiceAnswer> {
  const clusterId = allowedClusterId(call);
  const body = await bodyOf(call);
  const { service } = call;
  const id = service.newId();
  const cluster = await writeCluster(service, clusterId, (current) => {
    checkChangeable(current, clusterId);
    const { type = 'digest', source, mirrors } = readMirrorInput(body, service.tagMirrors);
    if (source === undefined) throw missing('source');
    if (mirrors === undefined) throw missing('mirrors');
    const now = timestamp(service.now());
    return mirrorPatch(addMirror(current, clusterId, { id, type, source, mirrors }, now));
  });
  return created(mirrorView(clusterId, storedById(call, cluster, id)));
}

async function patch(call: Call): Promise<ServiceAnswer> {
  const clusterId = allowedClusterId(call);
  const body = await bodyOf(call);
  const cluster = await writeCluster(call.service, clusterId, (current) => {
    const stored = storedMirror(call, current);
    checkChangeable(current, clusterId);
    const { type = stored.type, source, mirrors = stored.mirrors } = readMirrorInput(body, call.service.tagMirrors);
    const now = timestamp(call.service.now());
    return mirrorPatch(changeMirror(current, clusterId, stored, { type, source, mirrors }, now));
  });
  return ok(mirrorView(clusterId, storedMirror(call, cluster)));
}

async function remove(call: Call): Promise<ServiceAnswer> {
  const clusterId = allowedClusterId(call);
  await writeCluster(call.service, clusterId, (current) => {
    const stored = storedMirror(call, current);
    checkChangeable(current, clusterId);
    return mirrorPatch(removeMirror(current, stored));
  });
  return noContent;
}

function storedMirror(call: Call, cluster: HostedCluster): StoredMirror {
  return storedById(call, cluster, parameter(call, 'mirror'));
}

function storedById({ service }: Call, cluster: HostedCluster, id: string): StoredMirror {
  const found = storedMirrorsOf(cluster, service.tagMirrors).find((mirror) => mirror.id === id);
  if (!found) throw notFound(`Image mirror '${id}' not found`);
  return found;
}

/** Mirrors change on hosted clusters in state ready alone (clusters_mgmt v1 `ImageMirrors`). */
function checkChangeable(cluster: HostedCluster, clusterId: string): void {
  if (clusterView(cluster).hypershift?.enabled !== true)
    throw badRequest('Image mirrors are only supported on Hosted Control Plane clusters');
  const { state } = clusterStateOf(cluster);
  if (state !== 'ready')
    throw conflict(
      `Cluster '${clusterId}' is not ready: image mirrors can only be changed in state 'ready', it is in state '${state}'`,
    );
}
