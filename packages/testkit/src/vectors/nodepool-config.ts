import { loadManifests } from '@pullpath/api';
import { type ConfigText, defaultConfigManifest, expectedCoreConfigs, rawConfig } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface RawInput {
  readonly nodePoolConfigRefs: readonly string[];
  readonly userConfigMaps: readonly { readonly name: string; readonly data: Record<string, string> }[];
  readonly coreConfigMaps: readonly { readonly name: string; readonly config: string }[];
  readonly hostedClusterSpec?: unknown;
  readonly haproxyRawConfig?: string;
  readonly haproxy?: string;
}

export const nodepoolConfig: Area = { rawConfig: raw, defaultAndValidate, coreConfigCount, userConfigs };

function raw(input: RawInput): unknown {
  const haproxy = input.haproxyRawConfig ?? input.haproxy ?? '';
  const expected = expectedCoreConfigs(input.hostedClusterSpec, { haproxyRendered: haproxy !== '' });
  if (input.coreConfigMaps.length !== expected.length) return { error: true, errorType: 'MissingCoreConfig' };
  const found = input.nodePoolConfigRefs.map((name) => input.userConfigMaps.find((config) => config.name === name));
  if (found.includes(undefined)) return { error: true };
  const user = found.flatMap((config): ConfigText[] =>
    config ? [{ name: config.name, config: config.data['config'] }] : [],
  );
  const result = rawConfig([...input.coreConfigMaps, ...user], haproxy);
  return result.raw === undefined ? { error: true } : { raw: result.raw };
}

interface Expectation {
  readonly yamlEquals?: unknown;
  readonly error?: boolean;
  readonly errorContains?: string;
}

function defaultAndValidate({ manifest }: { readonly manifest: string }, expected: Expectation): unknown {
  const result = defaultConfigManifest(manifest);
  if (!result.ok) {
    const isNamed = result.message.includes(expected.errorContains ?? '');
    return { error: true, errorContains: isNamed ? expected.errorContains : result.message };
  }
  if (expected.yamlEquals === undefined) return { text: result.text };
  return { yamlEquals: loadManifests([{ file: 'manifest', text: result.text }]).objects[0]?.object };
}

interface CountInput {
  readonly hostedClusterSpec: unknown;
  readonly coreConfigMaps: number;
  readonly haproxyRendered: boolean;
}

/** Upstream counts; here the names decide, so as many as there are must be as many as are expected. */
function coreConfigCount({ hostedClusterSpec, coreConfigMaps, haproxyRendered }: CountInput): unknown {
  const expected = expectedCoreConfigs(hostedClusterSpec, { haproxyRendered }).length;
  if (coreConfigMaps === expected) return { count: coreConfigMaps };
  return { count: coreConfigMaps, error: { type: 'MissingCoreConfig', got: coreConfigMaps, expected } };
}

function userConfigs({
  refs,
  existing,
}: {
  readonly refs: readonly string[];
  readonly existing: readonly string[];
}): unknown {
  const found = refs.filter((name) => existing.includes(name));
  return found.length === refs.length ? { count: found.length } : { error: true };
}
