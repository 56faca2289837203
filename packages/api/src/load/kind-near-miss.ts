import type { Diagnostic } from '@pullpath/diagnostics';
import { replaceValue } from './edit/replace-value.ts';
import { editDistance } from './edit-distance.ts';
import { type LocatedObject, objectName, valueAt } from './located.ts';
import { quote } from './problem.ts';

export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The warning for a kind or apiVersion that is close to a known one but is none: a misspelt kind, a known kind under a
 * wrong version or group. Kinds of other programs give nothing, also where they share a short name (`Image`).
 */
export function kindNearMiss(located: LocatedObject, known: readonly KindName[]): Diagnostic | undefined {
  const { apiVersion, kind } = located.object;
  if (known.some((name) => name.kind === kind && name.apiVersion === apiVersion)) return undefined;
  const meant = sameKind(apiVersion, kind, known) ?? similarKind(apiVersion, kind, known);
  return meant === undefined ? undefined : nearMiss(located, meant);
}

function sameKind(apiVersion: string, kind: string, known: readonly KindName[]): KindName | undefined {
  const groups = new Set(known.map((name) => groupOf(name.apiVersion)));
  const group = groupOf(apiVersion);
  return known.findLast(
    (name) =>
      name.kind === kind &&
      (groups.has(group) || isSimilarGroup(group, groupOf(name.apiVersion)) || isDistinctive(kind, group, name)),
  );
}

/** Three words or more under the same domain, e.g. `image.openshift.io ImageTagMirrorSet`: nobody else's kind. */
function isDistinctive(kind: string, group: string, name: KindName): boolean {
  return (kind.match(/[A-Z][a-z]/g) ?? []).length >= 3 && domainOf(group) === domainOf(groupOf(name.apiVersion));
}

/** Real kinds that stand near to ours in the same groups. */
const neighbours: ReadonlySet<string> = new Set(['MachineOSConfig', 'MachineOSBuild', 'MachineConfigNode']);

function similarKind(apiVersion: string, kind: string, known: readonly KindName[]): KindName | undefined {
  if (neighbours.has(kind)) return undefined;
  const group = groupOf(apiVersion);
  const candidates = known
    .filter((name) => isSimilarGroup(group, groupOf(name.apiVersion)))
    .map((name) => ({ name, distance: kindDistance(kind, name.kind) }))
    .filter(({ name, distance }) => distance <= allowedDistance(name.kind));
  const [best] = candidates.toSorted(
    (a, b) => a.distance - b.distance || rank(b.name, apiVersion) - rank(a.name, apiVersion),
  );
  return best?.name;
}

function rank(name: KindName, apiVersion: string): number {
  return Number(name.apiVersion === apiVersion);
}

function kindDistance(kind: string, known: string): number {
  if (kind.toLowerCase() === known.toLowerCase()) return 1;
  return editDistance(kind, known, allowedDistance(known));
}

function allowedDistance(kind: string): number {
  return Math.max(1, Math.round(kind.length / 6));
}

function isSimilarGroup(group: string, known: string): boolean {
  return group === known || (known.length > 5 && editDistance(group, known, 2) <= 2);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/')
    ? apiVersion.slice(0, apiVersion.indexOf('/'))
    : apiVersion.includes('.')
      ? apiVersion
      : '';
}

function domainOf(group: string): string {
  return group.split('.').slice(-2).join('.');
}

function nearMiss(located: LocatedObject, meant: KindName): Diagnostic {
  const { apiVersion, kind } = located.object;
  const field = meant.kind === kind ? 'apiVersion' : 'kind';
  const isConverted =
    meant.kind === 'ImageDigestMirrorSet' && valueAt(located.object, ['spec', 'repositoryDigestMirrors']);
  const edits = ['apiVersion', 'kind'].flatMap((name) => editOf(located, name, meant));
  return {
    code: 'kind-near-miss',
    severity: 'warning',
    message: `${quote(`${apiVersion} ${kind}`)} is not known; ${meant.apiVersion} ${meant.kind} is`,
    ...(located.source === undefined ? {} : { at: located.source.span([field]) }),
    object: objectName(located.object),
    path: field,
    expected: meant[field],
    ...(isConverted
      ? { hint: 'only the kind of an ImageContentSourcePolicy was changed; convert it with "pullpath migrate icsp"' }
      : {}),
    ...(isConverted || edits.length === 0 ? {} : { fix: { title: `use ${meant.apiVersion} ${meant.kind}`, edits } }),
  };
}

function editOf(located: LocatedObject, field: string, meant: KindName): ReturnType<typeof replaceValue> & object {
  const value = field === 'kind' ? meant.kind : meant.apiVersion;
  return located.object[field] === value ? [] : (replaceValue(located, [field], value) ?? []);
}
