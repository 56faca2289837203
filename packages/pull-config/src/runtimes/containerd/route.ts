import type { Diagnostic } from '@pullpath/diagnostics';
import { formatReference, type ImageReference, parseDockerRef } from '@pullpath/oci';
import type { NodeFile } from '../../model.ts';
import type { PullRoute, RouteAttempt } from '../../pull/explain/context.ts';
import { containerdRoot } from '../node-paths.ts';
import { physicalReference } from '../physical-reference.ts';
import { apiHost } from '../urls.ts';
import { type CertsTree, readCertsTree } from './certs-tree.ts';
import { type ContainerdHost, completeHosts, directoryNames } from './host-directory.ts';

/** How a node with containerd pulls, as far as its `certs.d` tree decides. */
export interface ContainerdRoutes {
  /** Where a pull goes; `matchedScope` is the directory of the tree that decides. */
  readonly route: (image: string) => PullRoute;
  /** The hosts that are asked for the images of a registry, in order; empty with an `error` on a bad certificate. */
  readonly hosts: (host: string) => HostsOfRegistry;
  readonly diagnostics: readonly Diagnostic[];
}

export interface HostsOfRegistry {
  readonly directory?: string | undefined;
  readonly hosts: readonly ContainerdHost[];
  readonly error?: PullRoute['error'];
}

/**
 * Reads a node's `certs.d` tree as containerd does (`core/remotes/docker/config` ConfigureHosts). `files` are all files
 * below `root`, certificates included: a certificate that a hosts.toml names and that is missing fails every pull.
 */
export function containerdRoutes(files: readonly NodeFile[], root: string = containerdRoot): ContainerdRoutes {
  const tree = readCertsTree(files, root);
  const hosts = (host: string): HostsOfRegistry => hostsOf(tree, host);
  return { hosts, route: (image) => routeOf(image, hosts), diagnostics: tree.diagnostics };
}

function hostsOf(tree: CertsTree, host: string): HostsOfRegistry {
  const directory = directoryNames(host).find((name) => tree.directories.has(name));
  const found = directory === undefined ? undefined : tree.directories.get(directory);
  if (!found) return { hosts: completeHosts(host, [noSettings]) };
  if (found.error) return { directory, hosts: [], error: found.error };
  return { directory, hosts: completeHosts(host, found.hosts) };
}

const noSettings = { scheme: '', host: '', path: '', capabilities: new Set<never>(), authorities: [], clients: [] };

function routeOf(image: string, hosts: ContainerdRoutes['hosts']): PullRoute {
  const parsed = parseDockerRef(image);
  if (!parsed.ok) return { image, attempts: [], error: { code: parsed.code, message: parsed.message } };
  const ref = parsed.value;
  const { directory, hosts: asked, error } = hosts(ref.domain);
  return {
    image,
    normalized: formatReference(ref),
    matchedScope: directory,
    attempts: asked.map((host) => attemptOf(host, ref)),
    error,
  };
}

function attemptOf(host: ContainerdHost, ref: ImageReference): RouteAttempt {
  const reason = skipReason(host, ref);
  return {
    reference: physicalReference(host, ref.path, ref),
    mirror: host.host !== apiHost(ref.domain) || host.path !== '/v2',
    insecure: host.skipVerify || host.plainFallback || host.scheme === 'http',
    outcome: reason === undefined ? 'tried' : 'skipped',
    reason,
  };
}

/** A tag is asked for where a host may pull and resolve, a digest where it may pull (containerd `dockerResolver.Resolve`). */
function skipReason({ capabilities }: ContainerdHost, { digest }: ImageReference): string | undefined {
  if (!capabilities.has('pull')) return 'no pull capability, it is never asked';
  if (digest !== undefined || capabilities.has('resolve')) return undefined;
  return 'no resolve capability, it is asked for the content once another host has named the digest';
}
