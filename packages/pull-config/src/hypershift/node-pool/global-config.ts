import { valueAt } from '@pullpath/api';
import { compareBytes } from '../../formats/go-order.ts';
import { isReleaseAtLeast, type ReleaseVersion } from '../release-version.ts';
import { type GoType, goBool, goRaw, goSlice, goString, goStruct, omitEmpty, required } from './go-struct.ts';
import { tlsSecurityProfile } from './machine-config-types.ts';

/** What of a HostedCluster's spec enters the global configuration. */
export interface GlobalConfigInput {
  /** `spec.configuration`. */
  readonly configuration?: unknown;
  /** `spec.networking` and `spec.platform`, which decide what a proxy leaves alone. */
  readonly networking?: unknown;
  readonly platform?: unknown;
}

/**
 * The cluster-wide configuration that rolls nodes when it changes: the proxy and the image configuration as JSON lines,
 * from 4.23 on also the TLS profile of the API server (HyperShift `globalConfigString`).
 */
export function globalConfigText(input: GlobalConfigInput, version: ReleaseVersion): string {
  const proxy = proxySpec(valueAt(input.configuration, ['proxy']), ['spec'], []) as ProxySpec;
  const image = imageSpec(valueAt(input.configuration, ['image']), ['spec'], []);
  const lines = [clusterObject(proxy, proxyStatus(proxy, input)), clusterObject(image, {})];
  const profile = valueAt(input.configuration, ['apiServer', 'tlsSecurityProfile']);
  if (isReleaseAtLeast(version, '4.23.0')) lines.push(profile ? tlsSecurityProfile(profile, [], []) : null);
  return lines.map((line) => `${goJson(line)}\n`).join('');
}

function clusterObject(spec: unknown, status: unknown): unknown {
  return { metadata: { name: 'cluster', creationTimestamp: null }, spec, status };
}

const nameReference: GoType = goStruct({ name: required(goString) });

interface ProxySpec {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

const proxySpec: GoType = goStruct({
  httpProxy: omitEmpty(goString),
  httpsProxy: omitEmpty(goString),
  noProxy: omitEmpty(goString),
  readinessEndpoints: omitEmpty(goSlice(goString)),
  trustedCA: required(nameReference),
});

/** The import mode is printed even when empty, but HyperShift takes an empty one out again to keep older hashes. */
const imageSpec: GoType = goStruct({
  allowedRegistriesForImport: omitEmpty(
    goSlice(goStruct({ domainName: required(goString), insecure: omitEmpty(goBool) })),
  ),
  externalRegistryHostnames: omitEmpty(goSlice(goString)),
  additionalTrustedCA: required(nameReference),
  registrySources: required(
    goStruct({
      insecureRegistries: omitEmpty(goSlice(goString)),
      blockedRegistries: omitEmpty(goSlice(goString)),
      allowedRegistries: omitEmpty(goSlice(goString)),
      containerRuntimeSearchRegistries: omitEmpty(goSlice(goString)),
    }),
  ),
  imageStreamImportMode: omitEmpty(goString),
});

/** Without a proxy nothing is said about `noProxy`. */
function proxyStatus({ httpProxy, httpsProxy, noProxy }: ProxySpec, input: GlobalConfigInput): unknown {
  if (httpProxy === undefined && httpsProxy === undefined) return {};
  return { ...defined({ httpProxy, httpsProxy }), noProxy: noProxyList(noProxy ?? '', input) };
}

function noProxyList(own: string, { networking, platform }: GlobalConfigInput): string {
  const networks = ['machineNetwork', 'clusterNetwork', 'serviceNetwork'].flatMap((field) =>
    cidrsOf(networking, field),
  );
  const always = ['127.0.0.1', 'localhost', '.svc', '.cluster.local', '.local'];
  const users = own.split(',').filter((entry) => entry !== '');
  const all = new Set([...always, ...networks, ...platformHosts(platform), ...users]);
  return [...all].sort(compareBytes).join(',');
}

function cidrsOf(networking: unknown, field: string): readonly string[] {
  const entries = valueAt(networking, [field]);
  if (!Array.isArray(entries)) return [];
  return entries.map((entry) => valueAt(entry, ['cidr'])).filter((cidr) => typeof cidr === 'string');
}

function platformHosts(platform: unknown): readonly string[] {
  const type = valueAt(platform, ['type']);
  if (type !== 'AWS') return type === 'Azure' ? ['169.254.169.254'] : [];
  const region = valueAt(platform, ['aws', 'region']);
  const suffix = region === 'us-east-1' ? 'ec2' : `${typeof region === 'string' ? region : ''}.compute`;
  return ['169.254.169.254', `.${suffix}.internal`];
}

function defined(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** One line of Go's `json.Encoder`: HTML-sensitive characters are escaped. */
function goJson(value: unknown): string {
  return JSON.stringify(goRaw(value, [], [])).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
