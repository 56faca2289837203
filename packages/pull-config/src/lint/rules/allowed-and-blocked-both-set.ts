import { type LocatedObject, type Origin, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic, RelatedPlace } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'allowed-and-blocked-both-set';

/** Both lists in one object, be they empty: the API server looks at their presence alone. */
export const allowedAndBlockedBothSet: LintRule = {
  code,
  severity: 'error',
  why: 'The API server refuses an object with both lists, and nodes get nothing from one that is older than the check.',
  replaces: ['field-invalid'],
  check: ({ objects }) => objects.flatMap(findBoth),
};

const places: Readonly<Record<string, Path>> = {
  Image: ['spec', 'registrySources'],
  HostedCluster: ['spec', 'configuration', 'image', 'registrySources'],
};

function findBoth(of: LocatedObject): Diagnostic[] {
  const path = Object.hasOwn(places, of.object.kind) ? places[of.object.kind] : undefined;
  const sources = path && valueAt(of.object, path);
  const lists = ['allowedRegistries', 'blockedRegistries'].map((list) => valueAt(sources, [list]));
  if (!path || !lists.every(Array.isArray)) return [];
  const origin = { of, path };
  const message = 'allowedRegistries and blockedRegistries are both set, which nothing accepts';
  const hint =
    'keep one: an allow list rejects everything else already, a block list lets everything else pass; an empty list counts as set';
  return [diagnose('error', code, message, origin, { hint, related: listPlaces(origin) })];
}

function listPlaces(origin: Origin): RelatedPlace[] {
  return ['allowedRegistries', 'blockedRegistries'].map((list) => related(list, below(origin, list)));
}
