import { type KindDefinition, kinds } from '@pullpath/api';
import { UsageError } from '../usage-error.ts';

/** The kind that a user means by its name, plural, singular or short name, case aside. Throws `UsageError`. */
export function kindNamed(name: string): KindDefinition {
  const wanted = name.toLowerCase();
  const found = kinds.find((kind) => namesOf(kind).includes(wanted));
  if (found) return found;
  throw new UsageError(`no kind is called ${JSON.stringify(name)}; "pullpath schema" lists them`);
}

/** True for kinds that an API server stores as custom resources: not the core group, not files that only tools read. */
export function isStored({ group }: KindDefinition): boolean {
  return group.includes('.') && group !== 'mirror.openshift.io';
}

function namesOf({ kind, plural, singular, shortNames, group, version }: KindDefinition): string[] {
  const plain = [kind, plural, singular, ...(shortNames ?? [])].map((name) => name.toLowerCase());
  return [...plain, `${plural}.${group}`, `${kind.toLowerCase()}.${version}`];
}
