import type { Grantee } from '../auth/issue-token.ts';
import type { HostedCluster } from '../hosted-clusters/objects.ts';
import type { ServiceAnswer, ServiceRequest } from './http.ts';
import type { OcmService } from './ocm-service.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';

/** A request whose caller is known, on its way to a handler. */
export interface Call {
  readonly service: OcmService;
  readonly request: ServiceRequest;
  readonly grantee: Grantee;
  /** Values of the variable segments of the path. */
  readonly parameters: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Promise<ServiceAnswer>;

/** The value of a variable segment. */
export function parameter({ parameters }: Call, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw new Error(`the route has no ${name}`);
  return value;
}

/**
 * The cluster that the path names. Throws a 403 for one that the token is not for - whether there is one or not, so that
 * nothing can be found out - and a 404.
 */
export async function clusterOfPath(call: Call): Promise<HostedCluster> {
  const id = allowedClusterId(call);
  const cluster = await call.service.store.find(id);
  if (!cluster) throw notFound(`Cluster '${id}' not found`);
  return cluster;
}

/** The id of the cluster that the path names. Throws a 403 for one that the token is not for. */
export function allowedClusterId(call: Call): string {
  const id = parameter(call, 'cluster');
  if (maySee(call.grantee, id)) return id;
  const verb = call.request.method === 'GET' ? 'read' : 'change';
  throw new Refusal(403, `Account '${call.grantee.username}' is not allowed to ${verb} cluster '${id}'`);
}

/** Whether a token is for a cluster. */
export function maySee({ clusters }: Grantee, id: string): boolean {
  return clusters === undefined || clusters.includes(id);
}

const deepest = 32;

/** The JSON object of the body. Throws a 400. */
export async function bodyOf({ request }: Call): Promise<Readonly<Record<string, unknown>>> {
  const value = parsed(await request.body());
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest('The body must be a JSON object');
  if (depthOf(value) > deepest) throw badRequest(`The body is nested more than ${deepest} levels deep`);
  return value as Readonly<Record<string, unknown>>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body is not JSON');
  }
}

function depthOf(value: unknown): number {
  let [level, depth]: [readonly unknown[], number] = [[value], 0];
  while (level.length > 0 && depth <= deepest + 1) {
    depth++;
    level = level
      .filter((item) => typeof item === 'object' && item !== null)
      .flatMap((item) => Object.values(item as object));
  }
  return depth;
}
