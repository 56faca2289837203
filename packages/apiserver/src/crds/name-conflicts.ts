import type { StoredObject } from '../store/record.ts';
import { isConditionTrue } from './conditions.ts';
import { listIn, mapIn, textIn } from './schema.ts';

export interface NameConflict {
  readonly reason: string;
  readonly message: string;
}

/** The name of a definition that another accepted one of the same group has, or undefined. Source: apiextensions `naming_controller`. */
export function nameConflicts(object: StoredObject, others: readonly StoredObject[]): NameConflict | undefined {
  const group = groupOf(object);
  const names = mapIn(mapIn(object, 'spec') ?? {}, 'names') ?? {};
  const rivals = others.filter((other) => groupOf(other) === group && isConditionTrue(other, 'NamesAccepted'));
  const resources = new Set(rivals.flatMap(resourceNames));
  const kinds = new Set(rivals.flatMap(kindNames));
  // The real server looks at all of them and tells the last that it finds.
  return (
    taken('ListKindConflict', textIn(names, 'listKind'), kinds) ??
    taken('KindConflict', textIn(names, 'kind'), kinds) ??
    (listIn(names, 'shortNames') as string[])
      .map((name) => taken('ShortNamesConflict', name, resources))
      .find(Boolean) ??
    taken('SingularConflict', textIn(names, 'singular'), resources) ??
    taken('PluralConflict', textIn(names, 'plural'), resources)
  );
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
