import type { StoredObject } from '../store/record.ts';

/** `metadata` of an object, typed as far as the server itself reads it. */
export interface Metadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string | null;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly unknown[];
  readonly [field: string]: unknown;
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export function metadataOf(object: StoredObject): Metadata {
  const metadata = object['metadata'];
  return typeof metadata === 'object' && metadata !== null ? (metadata as Metadata) : {};
}

/** The object with some of its metadata replaced; a member set to undefined is removed. */
export function withMetadata(object: StoredObject, changes: Readonly<Record<string, unknown>>): StoredObject {
  const metadata = { ...metadataOf(object), ...changes };
  const present = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return { ...object, metadata: Object.fromEntries(present) };
}

/** RFC 3339 with whole seconds, as `metadata.creationTimestamp` is written. */
export function timestamp(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

// Without vowels and look-alikes: a random name never spells a word.
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** The name that `generateName` stands for; `random` gives numbers in [0, 1). */
export function generatedName(base: string, random: () => number): string {
  const letters = Array.from({ length: 5 }, () => suffixAlphabet[Math.floor(random() * suffixAlphabet.length)]);
  return `${base.slice(0, 58)}${letters.join('')}`;
}
