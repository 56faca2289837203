import { isBoundary, parseDockerRef } from '@pullpath/oci';
import type { Mirror, RegistriesConf } from '../model.ts';
import type { PullRoute, RouteAttempt } from '../pull/explain/context.ts';
import { findRegistry, prefixOf, prepareResolver, type Resolver } from '../pull/resolver.ts';
import { containerdRoutes } from './containerd/route.ts';
import { groupBy } from './group-by.ts';
import { splitLocation } from './host-plan.ts';
import { k3sRoutes } from './k3s/route.ts';
import type { RuntimeOptions, RuntimeOutput } from './model.ts';
import { registriesYamlPath } from './node-paths.ts';
import { renderRuntime } from './render-runtime.ts';

/** Runtimes whose files can be read back to say where a pull goes. */
export type ExplainedRuntime = 'containerd' | 'k3s' | 'rke2';

/** Where a node pulls that gets the files of a runtime for these rules. */
export interface RuntimeRoutes {
  /** As the runtime reads the rendered files; rules and mirrors keep their origins. */
  readonly route: (image: string) => PullRoute;
  readonly output: RuntimeOutput;
}

/**
 * Renders the rules for a runtime and reads the files as it does, so that what is said of a pull is what the node does and
 * not what the rules wish.
 */
export function runtimeRoutes(
  runtime: ExplainedRuntime,
  conf: RegistriesConf,
  options: RuntimeOptions = {},
): RuntimeRoutes {
  const resolver = prepareResolver(conf);
  const output = renderRuntime(runtime, conf, options);
  const route = readBack(runtime, output, options);
  const mirrorsOf = mirrorsByHost(resolver);
  return { output, route: (image) => withOrigins(route(image), resolver, mirrorsOf) };
}

function readBack(
  runtime: ExplainedRuntime,
  { files }: RuntimeOutput,
  options: RuntimeOptions,
): RuntimeRoutes['route'] {
  if (runtime === 'containerd') return containerdRoutes(files).route;
  const disableDefaultEndpoint = options.disableDefaultEndpoint === true;
  return k3sRoutes(files, { path: registriesYamlPath(runtime), disableDefaultEndpoint }).route;
}

/** The mirrors that a host's routes may come from: those of its own tables, and of wildcards. */
function mirrorsByHost({ plain, wildcards }: Resolver): (host: string) => readonly Mirror[] {
  const groups = groupBy([...plain.values()], (entry) => splitLocation(prefixOf(entry)).host);
  const everywhere = [...wildcards.values()];
  return (host) => [...(groups.get(host) ?? []), ...everywhere].flatMap(({ mirrors }) => mirrors);
}

function withOrigins(route: PullRoute, resolver: Resolver, mirrorsOf: (host: string) => readonly Mirror[]): PullRoute {
  const parsed = parseDockerRef(route.normalized ?? '');
  if (!parsed.ok) return route;
  const entry = findRegistry(resolver, parsed.value.name);
  const mirrors = [...(entry?.mirrors ?? []), ...mirrorsOf(parsed.value.domain)];
  const attempts = route.attempts.map((attempt) =>
    attempt.mirror ? { ...attempt, mirrorOf: mirrorOf(attempt, mirrors) } : attempt,
  );
  return { ...route, entry, matchedScope: entry && prefixOf(entry), attempts };
}

/** The mirror whose location the attempt lies in, else one on the same host: such an attempt is widened by it. */
function mirrorOf({ reference }: RouteAttempt, mirrors: readonly Mirror[]): Mirror | undefined {
  const { host } = splitLocation(reference);
  return (
    mirrors.find(({ location }) => reference.startsWith(location) && isBoundary(reference, location.length)) ??
    mirrors.find(({ location }) => splitLocation(location).host === host)
  );
}
