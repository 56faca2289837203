import type { StoredObject } from '../store/record.ts';
import { listIn, mapIn, type SchemaProps, textIn } from './schema.ts';

export interface NameConflict {
  readonly reason: string;
  readonly message: string;
}

/** What of a definition's names may be used, and what keeps it from being served. */
export interface NameJudgement {
  readonly conflict: NameConflict | undefined;
  /** `status.acceptedNames`: each name that nobody else of the group has, and what was accepted before in place of the others. */
  readonly accepted: SchemaProps;
}

/** Judges the names of a definition against those of the accepted ones of its group. Source: apiextensions `naming_controller`. */
export function judgeNames(object: StoredObject, others: readonly StoredObject[]): NameJudgement {
  const group = groupOf(object);
  const names = mapIn(mapIn(object, 'spec') ?? {}, 'names') ?? {};
  const before = mapIn(mapIn(object, 'status') ?? {}, 'acceptedNames') ?? {};
  const rivals = others.filter((other) => groupOf(other) === group);
  const resources = new Set(rivals.flatMap(resourceNames).filter((name) => name !== ''));
  const kinds = new Set(rivals.flatMap(kindNames).filter((name) => name !== ''));
  const shortNames = listIn(names, 'shortNames') as string[];
  const conflicts = {
    plural: taken('PluralConflict', textIn(names, 'plural'), resources),
    singular: taken('SingularConflict', textIn(names, 'singular'), resources),
    shortNames: shortNames.map((name) => taken('ShortNamesConflict', name, resources)).find(Boolean),
    kind: taken('KindConflict', textIn(names, 'kind'), kinds),
    listKind: taken('ListKindConflict', textIn(names, 'listKind'), kinds),
  };
  const found = Object.values(conflicts).filter((conflict) => conflict !== undefined);
  const free = Object.entries(names).filter(([key]) => !(conflicts as SchemaProps)[key]);
  // All are looked at, and the last that conflicts is told.
  return { conflict: found.at(-1), accepted: { plural: '', kind: '', ...before, ...Object.fromEntries(free) } };
}

function taken(reason: string, name: string, used: ReadonlySet<string>): NameConflict | undefined {
  return used.has(name) ? { reason, message: `${JSON.stringify(name)} is already in use` } : undefined;
}

function groupOf(object: StoredObject): string {
  return textIn(mapIn(object, 'spec') ?? {}, 'group');
}

function resourceNames(object: StoredObject): string[] {
  const names = mapIn(mapIn(object, 'status') ?? {}, 'acceptedNames') ?? {};
  return [textIn(names, 'plural'), textIn(names, 'singular'), ...(listIn(names, 'shortNames') as string[])];
}

function kindNames(object: StoredObject): string[] {
  const names = mapIn(mapIn(object, 'status') ?? {}, 'acceptedNames') ?? {};
  return [textIn(names, 'kind'), textIn(names, 'listKind')];
}
