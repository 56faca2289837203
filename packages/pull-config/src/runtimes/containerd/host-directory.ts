import { isLocalhost, portOf } from '../endpoint.ts';
import { apiHost } from '../urls.ts';
import { allCapabilities, type Capability, type TomlHost } from './hosts-toml-read.ts';

/** A registry host that containerd asks, with everything filled in. */
export interface ContainerdHost {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly capabilities: ReadonlySet<Capability>;
  readonly skipVerify: boolean;
  /** TLS is tried first and plain HTTP after it. */
  readonly plainFallback: boolean;
}

/** Directories that may hold the hosts of a registry, the first that exists counts (containerd `HostDirFromRoot`). */
export function directoryNames(host: string): string[] {
  const colon = host.lastIndexOf(':');
  const underscored = colon > 0 ? [`${host.slice(0, colon)}_${host.slice(colon + 1)}_`] : [];
  return [...underscored, host, '_default'];
}

/**
 * Fills in what a hosts.toml leaves open for the registry `host` (containerd `ConfigureHosts`). Without hosts there is one,
 * the registry itself.
 */
export function completeHosts(host: string, hosts: readonly TomlHost[]): ContainerdHost[] {
  return hosts.map((one, index) => {
    const isOpen = index === hosts.length - 1 && one.host === '';
    return finish(isOpen ? { ...one, ...defaultHost(host, one) } : one);
  });
}

/** The registry itself, as it is asked without any configuration of hosts. */
function defaultHost(host: string, { skipVerify }: TomlHost): Partial<TomlHost> {
  const base = { host: apiHost(host), path: '/v2', capabilities: allCapabilities };
  if (!isLocalhost(host)) return { ...base, scheme: 'https' };
  const port = portOf(host);
  return {
    ...base,
    scheme: port === '' || port === '443' ? 'https' : 'http',
    skipVerify: port === '80' ? skipVerify : true,
  };
}

function finish({ scheme, host, path, capabilities, skipVerify, authorities, clients }: TomlHost): ContainerdHost {
  const configuresTls = skipVerify !== undefined || authorities.length > 0 || clients.length > 0;
  const plainFallback = scheme === 'http' && configuresTls && portOf(host) !== '80';
  return {
    scheme: plainFallback ? 'https' : scheme,
    host,
    path,
    capabilities,
    skipVerify: skipVerify === true,
    plainFallback,
  };
}
