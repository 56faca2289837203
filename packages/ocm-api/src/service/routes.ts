import { accountRoutes } from './account.ts';
import type { Handler } from './call.ts';
import { clusterRoutes } from './clusters/cluster-routes.ts';
import { mirrorRoutes } from './image-mirrors/mirror-routes.ts';

/** Handlers of one path by method. A segment in braces is a parameter. */
export interface Route {
  readonly path: string;
  readonly methods: Readonly<Record<string, Handler>>;
}

const routes: readonly (Route & { readonly segments: readonly string[] })[] = [
  ...clusterRoutes,
  ...mirrorRoutes,
  ...accountRoutes,
].map((route) => ({ ...route, segments: route.path.split('/').slice(1) }));

/** The route of a path, with the values of its parameters; undefined where there is none. */
export function findRoute(
  segments: readonly string[],
): { readonly route: Route; readonly parameters: Readonly<Record<string, string>> } | undefined {
  const route = routes.find((candidate) => fits(candidate.segments, segments));
  if (!route) return undefined;
  const values = route.segments.flatMap((segment, at) =>
    isParameter(segment) ? [[segment.slice(1, -1), segments[at] ?? ''] as const] : [],
  );
  return { route, parameters: Object.fromEntries(values) };
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, at) => (isParameter(part) ? segments[at] !== '' : part === segments[at]))
  );
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{');
}
