import { isRegistry } from '@pullpath/oci';
import type { HostPlan, Region, Want } from './host-plan.ts';
import type { MirrorRefusal } from './refused-mirrors.ts';

/** How one mirror of one region is asked, or why the runtime cannot do so. */
export type Placement = { readonly prefix: string } | { readonly dropped: string };

/** Where a runtime asks for the repositories of a host: `host/prefix/<repository, maybe rewritten>`. */
export interface Route {
  readonly host: string;
  /** Path between the API root and the repository; empty for none. */
  readonly prefix: string;
  readonly insecure: boolean;
  /** Whether it is asked for tags too, not only for content by digest. */
  readonly tags: boolean;
}

/** What is left of a plan on a runtime with one list of mirrors per host. */
export interface RoutedHost {
  readonly plan: HostPlan;
  readonly routes: readonly Route[];
  /** The source itself is never asked for a pull. */
  readonly closed: boolean;
  /** Hosts whose certificates are not verified, whichever rule asks for them. */
  readonly unverified: ReadonlySet<string>;
  /** What became of every mirror of every region, in order. */
  readonly placed: readonly PlacedWant[];
}

export interface PlacedWant {
  readonly region: Region;
  readonly want: Want;
  readonly route: Route | undefined;
  /** Set where there is no route. */
  readonly dropped?: string | undefined;
}

export interface RoutingRules {
  readonly refusal: MirrorRefusal;
  /** How this runtime places a mirror. */
  readonly place: (region: Region, want: Want) => Placement;
  /** The runtime can keep tag pulls away from a mirror. */
  readonly digestOnly: boolean;
  /** Hosts whose certificates are not verified on runtimes where that is a matter of the host; empty on others. */
  readonly unverified: ReadonlySet<string>;
  /** Whether the source itself is never asked, given so many routes. */
  readonly closes: (plan: HostPlan, routes: number) => boolean;
}

/**
 * Merges the mirrors of all regions of a host into the one list that the runtime keeps, the deepest region first: what is
 * special is asked before what is general.
 */
export function routeHost(plan: HostPlan, rules: RoutingRules): RoutedHost {
  const placements = plan.regions.flatMap((region) =>
    region.wants.map((want) => ({ region, want, placement: placementOf(region, want, rules) })),
  );
  const routes = new Map<string, Route>();
  for (const { want, placement } of placements) {
    if ('prefix' in placement) addRoute(routes, want, placement.prefix, rules.digestOnly);
  }
  return {
    plan,
    routes: [...routes.values()],
    closed: rules.closes(plan, routes.size),
    unverified: rules.unverified,
    placed: placements.map(({ region, want, placement }) =>
      'prefix' in placement
        ? { region, want, route: routes.get(keyOf(want, placement.prefix)) }
        : { region, want, route: undefined, dropped: placement.dropped },
    ),
  };
}

/** Pulls beside those of the region may take the route too, so nothing below its start may be blocked either. */
function placementOf(region: Region, want: Want, { refusal, place }: RoutingRules): Placement {
  const fault = hostFault(want) ?? refusal(want.location);
  if (fault !== undefined) return { dropped: fault };
  const placement = place(region, want);
  if ('dropped' in placement) return placement;
  const refused = refusal(placement.prefix === '' ? want.host : `${want.host}/${placement.prefix}`);
  return refused === undefined ? placement : { dropped: refused };
}

/** A mirror that no runtime can ask: containers/image reads its host as a path on Docker Hub. */
function hostFault({ host }: Want): string | undefined {
  return isRegistry(host) ? undefined : `"${host}" has no dot and no port, so it is read as a namespace of docker.io`;
}

/**
 * True when the rest of the host must not be contacted, or a part that has mirrors instead. A part that is only blocked does
 * not close its host: that would refuse every pull beside it that nobody asked to refuse.
 */
export function mustClose(plan: HostPlan): boolean {
  return plan.regions.some(
    ({ entry, path }) => entry?.blocked && (entry.mirrors.length > 0 || isWholeHost(plan, path)),
  );
}

function isWholeHost(plan: HostPlan, path: string): boolean {
  return path === '' && plan.host !== '*';
}

function addRoute(routes: Map<string, Route>, want: Want, prefix: string, digestOnly: boolean): void {
  const key = keyOf(want, prefix);
  const tags = !digestOnly || want.tag || routes.get(key)?.tags === true;
  routes.set(key, { host: want.host, prefix, insecure: want.insecure, tags });
}

function keyOf({ host, insecure }: Want, prefix: string): string {
  return `${insecure} ${host}/${prefix}`;
}
