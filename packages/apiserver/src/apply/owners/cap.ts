import { compareBytes } from '../../patch/compare-bytes.ts';
import { union } from '../fields/field-set.ts';
import { secondsOf } from './managed-fields.ts';
import { type Owner, type Owners, ownerKey } from './owner.ts';

/** How many updates are remembered one by one. */
const maximumUpdates = 10;

/**
 * Merges the oldest updates into one entry per apiVersion, named `ancient-changes`, until there are no more than
 * `maximumUpdates` (apimachinery `managedfields` capmanagers).
 */
export function capUpdates(owners: Owners): Owners {
  const updates = [...owners].filter(([, owner]) => owner.operation === 'Update').sort(byAge);
  const left = new Map(owners);
  const firstOfVersion = new Map<string, string>();
  let count = updates.length;
  for (const [key, owner] of updates) {
    if (count <= maximumUpdates) break;
    const first = firstOfVersion.get(owner.apiVersion);
    if (first === undefined) firstOfVersion.set(owner.apiVersion, key);
    else {
      mergeIntoAncient(left, first, key, owner);
      count--;
    }
  }
  return left;
}

function byAge([a, left]: readonly [string, Owner], [b, right]: readonly [string, Owner]): number {
  return secondsOf(left) - secondsOf(right) || compareBytes(a, b);
}

/** The time is that of the update merged last, as it is the newest. */
function mergeIntoAncient(owners: Map<string, Owner>, first: string, key: string, owner: Owner): void {
  const ancient = {
    manager: 'ancient-changes',
    operation: 'Update',
    apiVersion: owner.apiVersion,
    subresource: '',
  } as const;
  const ancientKey = ownerKey(ancient);
  const base = owners.get(ancientKey) ?? (owners.get(first) as Owner);
  if (!owners.has(ancientKey)) owners.delete(first);
  owners.delete(key);
  owners.set(ancientKey, { ...ancient, time: owner.time, fields: union(owner.fields, base.fields) });
}
