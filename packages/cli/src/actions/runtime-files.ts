import type { Diagnostic } from '@pullpath/diagnostics';
import {
  type NodeFile,
  type RenderedScope,
  type ReportEntry,
  type Runtime,
  type RuntimeOptions,
  renderRuntime,
} from '@pullpath/pull-config';

/** The files of a runtime, and what it cannot keep of the rules. */
export interface RuntimeFiles {
  readonly files: readonly NodeFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined for runtimes that read registries.conf, which keep everything. */
  readonly report?: readonly ReportEntry[];
}

/** What a scope's rules become on a runtime. `wholeTree` adds the base files that a node has anyway. */
export function runtimeFiles(rendered: RenderedScope, runtime: string, wholeTree: boolean): RuntimeFiles {
  const files = wholeTree ? rendered.tree : rendered.files;
  if (runtime === 'podman')
    return { files: files.filter(({ path }) => !path.startsWith('/etc/crio/')), diagnostics: [] };
  if (readsRegistriesConf(runtime)) return { files, diagnostics: [] };
  return renderRuntime(runtime as Runtime, rendered.registriesConf, runtimeOptions(rendered));
}

export function readsRegistriesConf(runtime: string): boolean {
  return runtime === 'crio' || runtime === 'podman';
}

/** Certificates and credentials of a scope, for the formats that have a place for them. */
export function runtimeOptions({ config }: RenderedScope): RuntimeOptions {
  return {
    certificates: (config?.certificates ?? []).map(({ host, pem }) => ({ host, pem })),
    credentials: Object.entries(authsOf(config?.authFile)).flatMap(([key, { auth }]) => (auth ? [{ key, auth }] : [])),
  };
}

function authsOf(authFile: string | undefined): Readonly<Record<string, { readonly auth?: string }>> {
  if (authFile === undefined) return {};
  return (JSON.parse(authFile) as { auths?: Record<string, { auth?: string }> }).auths ?? {};
}
