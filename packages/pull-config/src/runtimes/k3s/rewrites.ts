import type { HostPlan, Region, Want } from '../host-plan.ts';
import { pathBefore } from '../placement.ts';

/** `rewrite` of registries.yaml for one host: how the repository path changes on its way to any of its endpoints. */
export interface RewritePlan {
  /** For each part of the host the path that the endpoints see in place of its own; absent where it keeps its path. */
  readonly targets: ReadonlyMap<Region, string>;
  /** Parts whose path cannot change as their mirrors need it. */
  readonly conflicts: ReadonlySet<Region>;
}

/**
 * Chooses one path per part of a host, since endpoints share the rewrites: the longest path that all mirrors of the part end
 * with, so that what differs can go into the URL of each endpoint. Rewrites are tried in no fixed order, so no two may
 * match one path: a part inside a rewritten part keeps to the rewrite of the outer one.
 */
export function planRewrites({ host, regions }: HostPlan): RewritePlan {
  const targets = new Map<Region, string>();
  const conflicts = new Set<Region>();
  const byPath = new Map(regions.map((region) => [region.path, region]));
  for (const region of regions.toReversed()) {
    const target = targetOf(region);
    const outer = rewrittenAround(region, byPath, targets);
    if (isTooShort(host, region, target)) conflicts.add(region);
    else if (!outer) {
      if (target !== region.path) targets.set(region, target);
    } else if (target === outer.inside) targets.set(region, target);
    else conflicts.add(region);
  }
  return { targets, conflicts };
}

/** The rewrites as registries.yaml has them, a regular expression to a template; those inside another one need no line. */
export function rewriteLines({ targets }: RewritePlan): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  const paths = new Set([...targets.keys()].map(({ path }) => path));
  for (const [{ path }, target] of targets) {
    if (parentsOf(path).some((parent) => paths.has(parent))) continue;
    const [pattern, template] =
      target === '' ? [`^${escaped(path)}/(.*)$`, '$1'] : [`^${escaped(path)}(/.*)?$`, `${target}$1`];
    lines.set(pattern, template);
  }
  return lines;
}

// k3s knows no repository of one letter, and puts `library/` before a name on Docker Hub that a rewrite leaves without one.
function isTooShort(host: string, { path }: Region, target: string): boolean {
  if (path === '' || target === path) return false;
  if (target.length === 1) return true;
  return host === 'docker.io' && (target === '' || (path.includes('/') && !target.includes('/')));
}

function targetOf({ path, wants }: Region): string {
  if (path === '' || wants.length === 0) return path;
  if (wants.every((want) => pathBefore(want.path, path) !== undefined)) return path;
  const [first, ...others] = wants;
  const common = others.reduce((suffix, want) => commonSuffix(suffix, want.path), first?.path ?? '');
  return common === '' ? (first?.path ?? '') : common;
}

/** The nearest part around this one that is rewritten, and what its rewrite makes of this path. */
function rewrittenAround(
  { path }: Region,
  byPath: ReadonlyMap<string, Region>,
  targets: ReadonlyMap<Region, string>,
): { readonly inside: string } | undefined {
  for (const parent of parentsOf(path)) {
    const region = byPath.get(parent);
    const target = region && targets.get(region);
    if (target !== undefined) return { inside: [target, path.slice(parent.length + 1)].filter(Boolean).join('/') };
  }
  return undefined;
}

/** `a/b` and `a` for `a/b/c`. */
function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    parents.push(path.slice(0, slash));
  }
  return parents;
}

function commonSuffix(a: string, b: string): string {
  const [left, right] = [a.split('/'), b.split('/')];
  let length = 0;
  while (length < left.length && length < right.length && left.at(-1 - length) === right.at(-1 - length)) length++;
  return length === 0 ? '' : left.slice(-length).join('/');
}

// A repository path holds letters, digits and `._-/`; of these only the dot means something in a regular expression.
function escaped(path: string): string {
  return path.replaceAll('.', '\\.');
}

/** Where the endpoint of a mirror starts, so that endpoint and rewritten path together give the mirror's place. */
export function endpointPrefix(want: Want, region: Region, { targets }: RewritePlan): string | undefined {
  return pathBefore(want.path, targets.get(region) ?? region.path);
}
