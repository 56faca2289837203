import { type LocatedObject, objectName, originSpan, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../diagnose.ts';

/** What an object is; an empty `group` is the core API. */
export interface ObjectKind {
  readonly group: string;
  readonly kind: string;
}

export const configMapKind: ObjectKind = { group: '', kind: 'ConfigMap' };
export const secretKind: ObjectKind = { group: '', kind: 'Secret' };

/** All objects of a kind, any version, in the order of the input. */
export function objectsOfKind(objects: readonly LocatedObject[], kind: ObjectKind): readonly LocatedObject[] {
  return objects.filter((located) => isOfKind(located, kind));
}

/**
 * The object of a kind with a name. With a `namespace`, an object that states none matches too: it goes wherever it is
 * applied. The last of several counts, as it would when they are applied in order.
 */
export function findObject(
  objects: readonly LocatedObject[],
  kind: ObjectKind,
  name: string,
  namespace?: string,
): LocatedObject | undefined {
  return objects.findLast((located) => {
    const { metadata } = located.object;
    const isHere = namespace === undefined || metadata.namespace === undefined || metadata.namespace === namespace;
    return isHere && metadata.name === name && isOfKind(located, kind);
  });
}

/** The text at a path of an object, or undefined when there is none or an empty one. */
export function textAt(located: LocatedObject | undefined, path: readonly (string | number)[]): string | undefined {
  const value = located && valueAt(located.object, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isOfKind({ object }: LocatedObject, { group, kind }: ObjectKind): boolean {
  const slash = object.apiVersion.indexOf('/');
  return object.kind === kind && object.apiVersion.slice(0, Math.max(slash, 0)) === group;
}

/**
 * The objects as a server would hold them after applying all in order: one that comes again replaces the earlier one, in
 * its place, with a warning that names both.
 */
export function withoutReplaced(objects: readonly LocatedObject[]): {
  readonly objects: readonly LocatedObject[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const byName = new Map<string, LocatedObject>();
  const diagnostics: Diagnostic[] = [];
  for (const [index, located] of objects.entries()) {
    const key = identityOf(located) ?? `${index}`;
    const earlier = byName.get(key);
    if (earlier) diagnostics.push(replaced(located, earlier));
    byName.set(key, located);
  }
  return { objects: [...byName.values()], diagnostics };
}

function identityOf({ object }: LocatedObject): string | undefined {
  const { name, namespace = '' } = object.metadata;
  if (typeof name !== 'string' || name === '') return undefined;
  const slash = object.apiVersion.indexOf('/');
  return JSON.stringify([object.apiVersion.slice(0, Math.max(slash, 0)), object.kind, namespace, name]);
}

function replaced(located: LocatedObject, earlier: LocatedObject): Diagnostic {
  const message = `${objectName(located.object)} is defined twice, this definition replaces the earlier one`;
  const related = [{ message: 'the earlier definition', at: originSpan({ of: earlier, path: ['metadata', 'name'] }) }];
  return diagnose('warning', 'object-redefined', message, { of: located, path: ['metadata', 'name'] }, { related });
}
