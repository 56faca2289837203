import { goYaml } from '../../formats/go-yaml.ts';

/** One registries.yaml of k3s or rke2 (rancher/wharfie `pkg/registries`). */
export interface RegistriesYaml {
  /** By registry host; `*` for every host that is not named. */
  readonly mirrors: ReadonlyMap<string, RegistryMirrors>;
  readonly configs: ReadonlyMap<string, RegistrySettings>;
}

export interface RegistryMirrors {
  readonly endpoints: readonly string[];
  /** Regular expressions on the repository path, and what becomes of it. */
  readonly rewrites: ReadonlyMap<string, string>;
}

export interface RegistrySettings {
  /** Base64 of `user:password`. */
  readonly auth?: string | undefined;
  readonly caFile?: string | undefined;
  readonly skipVerify: boolean;
}

/** The text of a registries.yaml; keys sorted, parts without content left out. */
export function writeRegistriesYaml({ mirrors, configs }: RegistriesYaml): string {
  return goYaml({
    mirrors: mirrors.size === 0 ? undefined : recordOf(mirrors, mirrorsOf),
    configs: configs.size === 0 ? undefined : recordOf(configs, settingsOf),
  });
}

function mirrorsOf({ endpoints, rewrites }: RegistryMirrors): unknown {
  return { endpoint: endpoints, rewrite: rewrites.size === 0 ? undefined : recordOf(rewrites, (template) => template) };
}

function settingsOf({ auth, caFile, skipVerify }: RegistrySettings): unknown {
  const tls = { ca_file: caFile, insecure_skip_verify: skipVerify || undefined };
  return {
    auth: auth === undefined ? undefined : { auth },
    tls: caFile === undefined && !skipVerify ? undefined : tls,
  };
}

function recordOf<Value>(map: ReadonlyMap<string, Value>, convert: (value: Value) => unknown): Record<string, unknown> {
  const record: Record<string, unknown> = Object.create(null);
  for (const [key, value] of map) record[key] = convert(value);
  return record;
}
