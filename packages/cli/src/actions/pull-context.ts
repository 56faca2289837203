import type { Diagnostic } from '@pullpath/diagnostics';
import {
  containerdRoutes,
  contextOfScope,
  k3sRoutes,
  type NodeFile,
  nodePullContext,
  type PullContext,
  type RenderedScope,
  renderScope,
  routeWithRules,
} from '@pullpath/pull-config';
import type { ScopeFlags } from '../commands/shared-options.ts';
import type { LoadedInput } from '../input/load-objects.ts';
import { scopeOf } from '../input/scope.ts';
import { UsageError } from '../usage-error.ts';
import { runtimeFiles } from './runtime-files.ts';

/** How nodes pull that get their files from these manifests, and what is wrong with the manifests. */
export function contextOfManifests(
  input: LoadedInput,
  flags: ScopeFlags & { readonly runtime: string },
): { context: PullContext; diagnostics: readonly Diagnostic[] } {
  const rendered = renderScope(input.objects, scopeOf(flags, input.objects), { releaseImage: flags.releaseImage });
  const diagnostics = [...input.diagnostics, ...rendered.diagnostics];
  if (readsRegistriesConf(flags.runtime))
    return { context: contextOfScope(rendered.tree, rendered.config?.registriesConf, flags.runtime), diagnostics };
  return otherRuntime(rendered, flags.runtime, diagnostics);
}

function otherRuntime(
  rendered: RenderedScope,
  runtime: string,
  diagnostics: readonly Diagnostic[],
): ReturnType<typeof contextOfManifests> {
  const output = runtimeFiles(rendered, runtime, true);
  const context = contextOfNode(output.files, runtime);
  const { authFiles } = nodePullContext(rendered.tree);
  return {
    context: { ...context, authFiles, route: routeWithRules(context.route, rendered.registriesConf) },
    diagnostics: [...diagnostics, ...output.diagnostics],
  };
}

/** How a node pulls that has these files. Throws `UsageError` for a runtime whose pulls cannot be told from files. */
export function contextOfNode(files: readonly NodeFile[], runtime: string): PullContext {
  if (readsRegistriesConf(runtime)) return nodePullContext(files, runtime);
  if (runtime === 'containerd') return { runtime, route: containerdRoutes(files).route, authFiles: [], certs: files };
  if (runtime === 'k3s') return { runtime, route: k3sRoutes(files).route, authFiles: [], certs: files };
  throw new UsageError(`explain does not know how ${runtime} resolves pulls; choose crio, podman, containerd or k3s`);
}

function readsRegistriesConf(runtime: string): boolean {
  return runtime === 'crio' || runtime === 'podman';
}
