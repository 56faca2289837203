import type { Diagnostic } from '@pullpath/diagnostics';
import {
  containerdRoutes,
  contextOfScope,
  type ExplainedRuntime,
  k3sRoutes,
  type NodeFile,
  nodePullContext,
  type PullContext,
  type RenderedScope,
  renderScope,
  runtimeRoutes,
} from '@pullpath/pull-config';
import type { ScopeFlags } from '../commands/shared-options.ts';
import type { LoadedInput } from '../input/load-objects.ts';
import { scopeOf } from '../input/scope.ts';
import { UsageError } from '../usage-error.ts';
import { readsRegistriesConf, runtimeOptions } from './runtime-files.ts';

/** How nodes pull, and what is wrong with what makes them pull so. */
export interface KnownContext {
  readonly context: PullContext;
  readonly diagnostics: readonly Diagnostic[];
}

/** How nodes pull that get their files from these objects. Throws `UsageError` for a runtime that cannot be told. */
export function contextOfObjects(input: LoadedInput, flags: ScopeFlags & { readonly runtime: string }): KnownContext {
  const rendered = renderScope(input.objects, scopeOf(flags, input.objects), { releaseImage: flags.releaseImage });
  const { context, diagnostics } = contextOfRendered(rendered, flags.runtime);
  return { context, diagnostics: [...input.diagnostics, ...rendered.diagnostics, ...diagnostics] };
}

function contextOfRendered(rendered: RenderedScope, runtime: string): KnownContext {
  const crio = contextOfScope(rendered.tree, rendered.config?.registriesConf, runtime);
  if (readsRegistriesConf(runtime)) return { context: crio, diagnostics: [] };
  const { route, output } = runtimeRoutes(explained(runtime), rendered.registriesConf, runtimeOptions(rendered));
  // registries.yaml carries credentials; containerd gets them with each pull, from whoever asks.
  const { authFiles } = runtime === 'containerd' ? noCredentials : nodePullContext(rendered.tree);
  return { context: { runtime, route, authFiles, certs: output.files }, diagnostics: output.diagnostics };
}

const noCredentials = { authFiles: [] };

/** How a node pulls that has these files. Throws `UsageError` for a runtime that cannot be told. */
export function contextOfNode(files: readonly NodeFile[], runtime: string): KnownContext {
  if (readsRegistriesConf(runtime)) return { context: nodePullContext(files, runtime), diagnostics: [] };
  const known = explained(runtime);
  const { route, diagnostics } =
    known === 'containerd'
      ? containerdRoutes(files)
      : k3sRoutes(files, { path: `/etc/rancher/${known}/registries.yaml` });
  return { context: { runtime, route, authFiles: [], certs: files }, diagnostics };
}

function explained(runtime: string): ExplainedRuntime {
  if (runtime === 'containerd' || runtime === 'k3s' || runtime === 'rke2') return runtime;
  throw new UsageError(
    `explain does not know how ${runtime} resolves pulls; choose crio, podman, containerd, k3s or rke2`,
  );
}
