import type { HostsTomlHost } from './hosts-toml-write.ts';

/**
 * Gives every host a URL of its own, since TOML has each table once: with `/v2` where there is no path, or with one more
 * slash at the end, the URL is another text for the same place.
 */
export function distinctUrls(hosts: readonly HostsTomlHost[]): HostsTomlHost[] {
  const seen = new Map<string, number>();
  return hosts.map((host) => {
    const before = seen.get(host.url) ?? 0;
    seen.set(host.url, before + 1);
    if (before === 0) return host;
    const root = host.overridePath ? '/' : '/v2';
    return { ...host, url: host.url + root + '/'.repeat(before - 1) };
  });
}
