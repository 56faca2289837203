import type { Origin } from '@pullpath/api';
import type { Mirror, RegistryEntry } from '../model.ts';
import { prefixOf } from '../pull/resolver.ts';
import { groupBy } from './group-by.ts';
import { anyHost, type HostPlan, type Region, splitLocation } from './host-plan.ts';
import type { ReportEntry, ReportKind } from './model.ts';
import type { PlacedWant, Route, RoutedHost } from './routes.ts';

/** What a runtime makes of the tables themselves, beside their mirrors. */
export interface SourceVerdicts {
  /** What carries a closed source, e.g. `the server has no pull capability`. */
  readonly closedBy: string;
  /** Why the source cannot be closed. */
  readonly cannotClose: string;
}

/** One line per mirror row, and per table that blocks its source or lets it be insecure. */
export function reportHost(host: RoutedHost, source: SourceVerdicts): ReportEntry[] {
  const { plan } = host;
  const wants = groupBy(host.placed, ({ region }) => region);
  const context = { host, wants, audience: audienceOf(host) };
  return plan.regions.flatMap((region) => {
    if (isInherited(region)) return reportInherited(region, context, source);
    return [
      ...(wants.get(region) ?? []).flatMap((placed) => reportWant(placed, context)),
      ...reportBlocked(region, host, source),
      ...reportInsecure(region, plan),
      ...reportLocation(region),
    ];
  });
}

/** What the runtime's default of a wildcard carries and this host of its own does not. */
function reportInherited(region: Region, context: Context, source: SourceVerdicts): ReportEntry[] {
  const lost = (context.wants.get(region) ?? []).filter(({ route }) => !route);
  return [
    ...lost.flatMap((placed) => reportWant(placed, context)),
    ...(context.host.closed ? [] : reportBlocked(region, context.host, source)),
  ];
}

interface Context {
  readonly host: RoutedHost;
  readonly wants: ReadonlyMap<Region, readonly PlacedWant[]>;
  readonly audience: Audience;
}

// A table that reaches several hosts is reported with its own host, a wildcard with the runtime's default.
function isInherited({ entry, host }: Region): boolean {
  return entry !== undefined && host !== anyHost && splitLocation(prefixOf(entry)).host !== host;
}

function reportWant(placed: PlacedWant, context: Context): ReportEntry[] {
  const reasons = placed.route ? wideningOf(placed, placed.route, context) : [];
  return placed.want.mirrors.map((mirror) => ({
    source: sourceOf(placed.region),
    mirror: mirror.location,
    kind: kindOf(mirror, placed.region),
    origin: mirror.origins[0],
    ...judge(placed, reasons),
  }));
}

function judge(
  { region, route, dropped }: PlacedWant,
  reasons: readonly string[],
): Pick<ReportEntry, 'verdict' | 'why'> {
  if (!route) return { verdict: 'dropped', why: `${placeOf(region)}${dropped}` };
  if (reasons.length > 0) return { verdict: 'widened', why: reasons.join('; ') };
  return { verdict: 'exact', why: 'asked for the same pulls, in the same order' };
}

function wideningOf(placed: PlacedWant, route: Route, { host, wants, audience }: Context): string[] {
  return [
    kindWidening(placed, route, host),
    regionWidening(placed.region, host.plan, audience.get(route) ?? new Set()),
    !placed.want.insecure && host.unverified.has(placed.want.host)
      ? `asked without verifying the certificate of ${placed.want.host}, which another rule asks for`
      : undefined,
    isReordered(placed, wants.get(placed.region) ?? [], host.routes)
      ? 'another rule of this host puts the mirrors into another order'
      : undefined,
  ].filter((reason) => reason !== undefined);
}

function kindWidening({ want }: PlacedWant, route: Route, host: RoutedHost): string | undefined {
  if (!want.digest) return 'asked for digests too';
  if (want.tag) return undefined;
  if (route.tags) return 'asked for tags too';
  const tagsResolve = !host.closed || host.routes.some(({ tags }) => tags);
  return tagsResolve ? 'asked for the content of tag pulls too, by the digest that another host names' : undefined;
}

function regionWidening(region: Region, plan: HostPlan, strangers: ReadonlySet<Region>): string | undefined {
  const count = strangers.size - (strangers.has(region) ? 1 : 0);
  const [one, two] = strangers;
  const first = one === region ? two : one;
  if (!first) return undefined;
  if (plan.host === anyHost) return 'asked for every registry without a rule of its own';
  if (count === 1 && first.path === '') return `asked for every repository of ${plan.host}`;
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return `asked for ${plan.host}/${first.path}${more} too`;
}

/** For each route the regions that do not ask for it, or not for all that it is asked. */
type Audience = ReadonlyMap<Route, ReadonlySet<Region>>;

function audienceOf({ plan, routes, placed }: RoutedHost): Audience {
  const asking = groupBy(
    placed.filter((one) => one.route && wantsAll(one, one.route)),
    ({ route }) => route,
  );
  return new Map(
    routes.map((route) => {
      const regions = new Set(asking.get(route)?.map(({ region }) => region));
      return [route, new Set(plan.regions.filter((region) => !regions.has(region)))];
    }),
  );
}

function wantsAll({ want }: PlacedWant, route: Route): boolean {
  return want.digest && (want.tag || !route.tags);
}

function isReordered({ region, want }: PlacedWant, mine: readonly PlacedWant[], routes: readonly Route[]): boolean {
  return (['tag', 'digest'] as const).some((kind) => {
    if (!want[kind]) return false;
    const positions = askedInOrder(region, kind)
      .map((location) => mine.find((one) => one.want.location === location)?.route)
      .flatMap((route) => (route ? routes.indexOf(route) : []));
    return positions.some((position, index) => index > 0 && position < (positions[index - 1] ?? -1));
  });
}

/** Locations in the order in which the table is asked for one kind of pull. */
function askedInOrder({ entry }: Region, kind: 'tag' | 'digest'): string[] {
  const other = kind === 'tag' ? 'digest-only' : 'tag-only';
  return (entry?.mirrors ?? [])
    .filter(({ pullFromMirror }) => pullFromMirror !== other)
    .map(({ location }) => location);
}

function reportBlocked(region: Region, host: RoutedHost, source: SourceVerdicts): ReportEntry[] {
  const { entry } = region;
  if (!entry?.blocked) return [];
  const line = { source: prefixOf(entry), mirror: null, kind: blockKind(region), origin: blockOrigin(region) };
  if (!host.closed) return [{ ...line, verdict: 'dropped', why: `${placeOf(region)}${source.cannotClose}` }];
  const open = host.plan.regions.filter((other) => !other.entry?.blocked);
  if (open.length === 0) return [{ ...line, verdict: 'exact', why: source.closedBy }];
  const whole = host.plan.host === anyHost ? 'every registry without a rule of its own' : `all of ${host.plan.host}`;
  return [{ ...line, verdict: 'widened', why: `${source.closedBy}, and that holds for ${whole}` }];
}

function reportInsecure({ entry }: Region, { host, regions }: HostPlan): ReportEntry[] {
  if (!entry?.insecure) return [];
  const origin = listOrigin(entry, 'insecureRegistries');
  const line = { source: prefixOf(entry), mirror: null, kind: 'insecure' as const, origin };
  if (isInsecureSource({ host, regions })) {
    return [{ ...line, verdict: 'exact', why: 'TLS verification of the source is off' }];
  }
  const all = host === anyHost ? 'every registry' : `all of ${host}`;
  return [{ ...line, verdict: 'dropped', why: `it would switch off TLS verification for ${all}` }];
}

function placeOf(region: Region): string {
  return isInherited(region) ? `on ${region.host}: ` : '';
}

/** TLS verification is a matter of the whole host: a part of it, or a wildcard, does not switch it off. */
export function isInsecureSource({ host, regions }: HostPlan): boolean {
  return host !== anyHost && regions.at(-1)?.entry?.insecure === true;
}

function reportLocation({ entry }: Region): ReportEntry[] {
  if (!entry || entry.prefix === '' || entry.location === '' || entry.prefix === entry.location) return [];
  return [
    {
      source: entry.prefix,
      mirror: entry.location,
      kind: 'location',
      verdict: 'dropped',
      why: 'the table moves its source to another place, and this runtime asks the source where it is',
    },
  ];
}

function blockKind({ entry }: Region): ReportKind {
  return entry && entry.mirrors.length > 0 ? 'never-contact-source' : 'blocked';
}

function blockOrigin({ entry }: Region): Origin | undefined {
  return entry && (listOrigin(entry, 'blockedRegistries') ?? entry.origins[0]);
}

/** The entry of a list of `registrySources` among the origins of a table. */
function listOrigin(entry: RegistryEntry, list: string): Origin | undefined {
  return entry.origins.find(({ path }) => path.includes(list));
}

function kindOf({ pullFromMirror }: Mirror, { entry }: Region): ReportKind {
  if (pullFromMirror === 'digest-only' || entry?.mirrorByDigestOnly) return 'digest-mirror';
  return pullFromMirror === 'tag-only' ? 'tag-mirror' : 'mirror';
}

function sourceOf({ entry, host }: Region): string {
  return entry ? prefixOf(entry) : host;
}
