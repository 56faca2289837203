import type { Diagnostic } from '@pullpath/diagnostics';
import { formatReference, type ImageReference, parseDockerRef } from '@pullpath/oci';
import type { NodeFile } from '../../model.ts';
import type { PullRoute, RouteAttempt } from '../../pull/explain/context.ts';
import type { Endpoint } from '../endpoint.ts';
import { registriesYamlPath } from '../node-paths.ts';
import { physicalReference } from '../physical-reference.ts';
import { isDefaultEndpoint, libraryHost, mirrorKeys, readEndpoint, settingKeys } from './endpoints.ts';
import { type RegistriesFile, readRegistriesYaml } from './registries-yaml-read.ts';
import { rewritePath } from './rewrite-path.ts';

/** How a node with k3s or rke2 pulls, as far as its registries.yaml decides. */
export interface K3sRoutes {
  /** Where a pull goes; `matchedScope` is the key of `mirrors` that decides. */
  readonly route: (image: string) => PullRoute;
  /** The requests for the manifest of an image, in order; empty when the file or the image is no good. */
  readonly requests: (image: string) => readonly K3sRequest[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface K3sRequest {
  readonly endpoint: Endpoint;
  readonly repository: string;
  readonly mirror: boolean;
  readonly insecure: boolean;
  readonly ambiguous: boolean;
}

export interface K3sOptions {
  /** Defaults to `/etc/rancher/k3s/registries.yaml`. */
  readonly path?: string;
  /** The node runs with `--disable-default-registry-endpoint`. */
  readonly disableDefaultEndpoint?: boolean;
}

/**
 * Reads the registries.yaml among `files` as k3s does (rancher/wharfie `pkg/registries`). A missing file means that every
 * registry is asked itself; one that does not load stops k3s, and every pull is an error.
 */
export function k3sRoutes(files: readonly NodeFile[], options: K3sOptions = {}): K3sRoutes {
  const path = options.path ?? registriesYamlPath('k3s');
  const text = files.find((file) => file.path === path)?.contents ?? '';
  const { value, diagnostics } = readRegistriesYaml(path, text);
  const closed = options.disableDefaultEndpoint === true;
  const plan = (ref: ImageReference): Plan => (value ? planOf(value, ref, closed) : { requests: [] });
  return {
    diagnostics,
    requests: (image) => requestsOf(image, plan),
    route: (image) =>
      routeOf(image, plan, value ? undefined : diagnostics.find(({ severity }) => severity === 'error')),
  };
}

interface Plan {
  readonly key?: string | undefined;
  readonly requests: readonly K3sRequest[];
}

function planOf(file: RegistriesFile, ref: ImageReference, closed: boolean): Plan {
  const host = libraryHost(ref.domain);
  const key = mirrorKeys(host).find((name) => file.mirrors.has(name));
  const endpoints = (file.mirrors.get(key ?? '')?.endpoints ?? []).flatMap((text) => readEndpoint(text) ?? []);
  const mirrors = endpoints.map((endpoint) => requestOf(file, host, endpoint, ref.path));
  // A registry with settings of its own keeps its default endpoint (k3s `getHostConfigs`).
  const skipDefault = closed && key !== undefined && mirrors.length > 0 && !file.configs.has(key);
  const own = readEndpoint(host);
  const last = skipDefault || !own ? [] : [{ ...requestOf(file, host, own, ref.path), mirror: false }];
  return { key, requests: [...mirrors, ...last] };
}

function requestOf(file: RegistriesFile, host: string, endpoint: Endpoint, path: string): K3sRequest {
  const rewrites =
    file.mirrors.get(settingKeys(host).find((name) => file.mirrors.has(name)) ?? '')?.rewrites ?? new Map();
  const own = isDefaultEndpoint(host, endpoint);
  const rewritten = own ? { path, ambiguous: false } : rewritePath(host, path, rewrites);
  const settings = settingKeys(endpoint.host).find((name) => file.configs.has(name));
  return {
    endpoint,
    repository: rewritten.path,
    mirror: true,
    insecure: endpoint.scheme === 'http' || file.configs.get(settings ?? '')?.skipVerify === true,
    ambiguous: rewritten.ambiguous,
  };
}

function requestsOf(image: string, plan: (ref: ImageReference) => Plan): readonly K3sRequest[] {
  const parsed = parseDockerRef(image);
  return parsed.ok ? plan(parsed.value).requests : [];
}

function routeOf(image: string, plan: (ref: ImageReference) => Plan, fault: Diagnostic | undefined): PullRoute {
  const parsed = parseDockerRef(image);
  if (!parsed.ok) return { image, attempts: [], error: { code: parsed.code, message: parsed.message } };
  const { key, requests } = plan(parsed.value);
  return {
    image,
    normalized: formatReference(parsed.value),
    matchedScope: key,
    attempts: requests.map((request) => attemptOf(request, parsed.value)),
    error: fault && { code: fault.code, message: fault.message },
  };
}

function attemptOf(
  { endpoint, repository, mirror, insecure, ambiguous }: K3sRequest,
  ref: ImageReference,
): RouteAttempt {
  const reason = ambiguous
    ? 'several rewrites, or one too slow to try, match this path; k3s applies any one'
    : undefined;
  return { reference: physicalReference(endpoint, repository, ref), mirror, insecure, outcome: 'tried', reason };
}
