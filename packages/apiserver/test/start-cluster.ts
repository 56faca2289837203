import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAdmission } from '../src/admission/admit.ts';
import { trackUpdate } from '../src/apply/track-update.ts';
import type { Authentication } from '../src/auth/authenticate.ts';
import { createRequestAccess, type RequestAccess } from '../src/auth/request-access.ts';
import { createServiceAccountKey, readServiceAccountKey } from '../src/auth/service-account-key.ts';
import { builtinEndpoints } from '../src/builtin/endpoints/index.ts';
import { builtinResources } from '../src/builtin/index.ts';
import type { Controller } from '../src/gc/context.ts';
import { createControllers } from '../src/gc/controllers.ts';
import { type ApiError, Store, type StoredObject, type User } from '../src/index.ts';
import type { EndpointAnswer } from '../src/resources/endpoint.ts';
import type { ResourceDefinition } from '../src/resources/resource.ts';
import { metadataOf } from '../src/rest/metadata.ts';
import { Rest } from '../src/rest/rest.ts';
import type { Deleted, DeleteOptions } from '../src/rest/write.ts';
import { bootstrapCluster } from '../src/server/bootstrap-cluster.ts';

export const admin: User = { name: 'admin', groups: ['system:masters', 'system:authenticated'] };

export function userNamed(name: string, ...groups: string[]): User {
  return { name, groups: [...groups, 'system:authenticated'] };
}

/** The built-in kinds on a store of their own, without HTTP: admission, access and controllers as in the server. */
export interface TestCluster {
  readonly rest: Rest;
  readonly store: Store;
  readonly authentication: Authentication;
  readonly access: RequestAccess;
  readonly controllers: Controller;
  readonly warnings: string[];
  /** Milliseconds that the clock has been put forward. */
  readonly clock: { ahead: number };
  readonly create: (object: StoredObject, user?: User) => Promise<StoredObject>;
  /** The object as it is after `change`. */
  readonly update: (
    object: StoredObject,
    change: (old: StoredObject) => StoredObject,
    subresource?: string,
  ) => Promise<StoredObject>;
  readonly remove: (object: StoredObject, options?: Partial<DeleteOptions>) => Promise<Deleted>;
  readonly find: (kind: string, namespace: string, name: string) => StoredObject | undefined;
  /** Calls an endpoint such as `pods/eviction`. */
  readonly call: (
    path: string,
    where: { namespace?: string; name?: string },
    object: StoredObject,
    user?: User,
  ) => Promise<EndpointAnswer>;
}

const start = Date.parse('2026-01-02T03:04:05Z');

/** Starts a cluster with the default namespaces and roles; it ends with the test. */
export async function startCluster(): Promise<TestCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-cluster-'));
  const store = Store.open({ directory });
  const clock = { ahead: 0 };
  const now = (): Date => new Date(start + clock.ahead);
  const authentication = { store, key: readServiceAccountKey(createServiceAccountKey()), now };
  const access = createRequestAccess(authentication);
  const resources = builtinResources();
  const resourcesOf = () => resources;
  const warnings: string[] = [];
  const admit = createAdmission({ ...access, resourcesOf });
  const rest = new Rest(store, { admit, trackUpdate, now, random: () => 0.5 });
  const failures: unknown[] = [];
  const controllers = createControllers({ rest, resourcesOf, now, report: (error) => failures.push(error) });
  await bootstrapCluster(rest, 'root');
  controllers.start();
  onTestFinished(() => {
    controllers.stop();
    store.close();
    rmSync(directory, { recursive: true });
    if (failures.length > 0) throw new AggregateError(failures);
  });
  const endpoints = builtinEndpoints({ rest: () => rest, authentication, reviews: access });
  const definitionOf = (apiVersion: string, kind: string): ResourceDefinition => {
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    const found = resources.find((of) => of.kind === kind && of.group === group);
    if (!found) throw new Error(`no kind ${kind}`);
    return found;
  };
  const placeOf = (object: StoredObject) => {
    const definition = definitionOf(String(object['apiVersion']), String(object['kind']));
    const { name = '', namespace = 'default' } = metadataOf(object);
    return { definition, address: { cluster: 'root', namespace: definition.namespaced ? namespace : '', name } };
  };
  const warn = (text: string): void => void warnings.push(text);
  return {
    rest,
    store,
    authentication,
    access,
    controllers,
    warnings,
    clock,
    create(object, user = admin) {
      const { definition, address } = placeOf(object);
      const options = { manager: 'test', dryRun: false, subresource: '', user, warn };
      return rest.create(definition, address, definition.decode(object), options);
    },
    update(object, change, subresource = '') {
      const { definition, address } = placeOf(object);
      const options = { manager: 'test', dryRun: false, subresource, user: admin, warn };
      return rest.mutate(definition, address, options, (old) => ({
        object: definition.decode(change(old as StoredObject)),
        tracked: false,
      }));
    },
    remove(object, options = {}) {
      const { definition, address } = placeOf(object);
      return rest.delete(definition, address, { dryRun: false, propagation: 'Background', user: admin, ...options });
    },
    find: (kind, namespace, name) => {
      const found = resources.find((of) => of.kind === kind);
      return found && access.readerOf('root').get(found, namespace, name);
    },
    async call(path, { namespace = '', name = '' }, object, user = admin) {
      const endpoint = endpoints.find((of) => `${of.resource}${of.subresource && '/'}${of.subresource}` === path);
      if (!endpoint) throw new Error(`no endpoint ${path}`);
      const verb = endpoint.verbs[0] as 'create';
      return endpoint.handle({
        verb,
        cluster: 'root',
        namespace,
        name,
        user,
        object,
        manager: 'test',
        dryRun: false,
      });
    },
  };
}

/** The Status that a refused call was answered with. */
export async function refusal(work: Promise<unknown>): Promise<ApiError['status']> {
  try {
    await work;
  } catch (error) {
    return (error as ApiError).status;
  }
  throw new Error('it was not refused');
}

/** The faults of a refused write, one line each. */
export async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  const { details } = await refusal(work);
  return (details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`);
}

export function object(apiVersion: string, kind: string, name: string, rest: StoredObject = {}): StoredObject {
  const { metadata, ...others } = rest;
  return { apiVersion, kind, metadata: { name, ...(metadata as object) }, ...others };
}
