import { tomlString, tomlStrings } from '../../formats/toml-text.ts';

/** One `hosts.toml`: the hosts to ask, in order, and after them the server. */
export interface HostsToml {
  /** The last host; absent for the registry of the image itself. */
  readonly server?: HostsTomlHost | undefined;
  readonly hosts: readonly HostsTomlHost[];
}

export interface HostsTomlHost {
  readonly url: string;
  /** Absent for all of them. */
  readonly capabilities?: readonly ('pull' | 'resolve' | 'push')[] | undefined;
  /** The path of the URL is the API root as it stands: no `/v2` is appended. */
  readonly overridePath: boolean;
  /** Path of a CA bundle. */
  readonly ca?: string | undefined;
  readonly skipVerify: boolean;
  /** A comment above the host. */
  readonly note?: string | undefined;
}

/** The text of a hosts.toml (containerd `core/remotes/docker/config`). The order of the tables is the order of attempts. */
export function writeHostsToml({ server, hosts }: HostsToml): string {
  const root = server ? [`server = ${tomlString(server.url)}`, ...settings(server)] : [];
  const note = server?.note ? [`# ${server.note}`] : [];
  const tables = hosts.map((host) => [`[host.${tomlString(host.url)}]`, ...settings(host).map((line) => `  ${line}`)]);
  const blocks = [[...note, ...root], ...tables].filter((lines) => lines.length > 0);
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function settings({ capabilities, overridePath, ca, skipVerify }: HostsTomlHost): string[] {
  return [
    ...(capabilities ? [`capabilities = ${tomlStrings(capabilities)}`] : []),
    ...(overridePath ? ['override_path = true'] : []),
    ...(ca === undefined ? [] : [`ca = ${tomlString(ca)}`]),
    ...(skipVerify ? ['skip_verify = true'] : []),
  ];
}
