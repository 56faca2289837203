import { isJsonObject, type JsonObject, ownValue, setOwn } from './json-value.ts';

/** The object or list that holds what a pointer names, and the key in it. */
export type Slot =
  | { readonly object: JsonObject; readonly key: string }
  | { readonly list: unknown[]; readonly key: string };

/**
 * Finds the container that a JSON pointer (RFC 6901) leads to; undefined where there is none. As evanphx/json-patch does, the
 * text before the first slash is ignored, and negative indices count from the end.
 */
export function findSlot(document: unknown, pointer: string): Slot | undefined {
  const keys = pointer.split('/').slice(1).map(unescapeKey);
  const last = keys.pop();
  if (last === undefined) return undefined;
  let container = document;
  for (const key of keys) {
    const slot = slotIn(container, key);
    container = slot && readSlot(slot);
  }
  return slotIn(container, last);
}

function unescapeKey(key: string): string {
  return key.replaceAll(/~[01]/g, (found) => (found === '~1' ? '/' : '~'));
}

function slotIn(container: unknown, key: string): Slot | undefined {
  if (Array.isArray(container)) return { list: container, key };
  return isJsonObject(container) ? { object: container, key } : undefined;
}

/** The value in the slot; undefined where a list has no such index. A missing member of an object reads as undefined too. */
export function readSlot(slot: Slot): unknown {
  if ('object' in slot) return ownValue(slot.object, slot.key);
  const index = listIndex(slot.key, slot.list.length);
  return index === undefined || index >= slot.list.length ? undefined : slot.list[index];
}

/** Whether the slot can be read and replaced: any member of an object, present or not, and an index that the list has. */
export function isReadable(slot: Slot): boolean {
  if ('object' in slot) return true;
  const index = listIndex(slot.key, slot.list.length);
  return index !== undefined && index < slot.list.length;
}

/** Puts a value in place of the one there. The slot is readable. */
export function replaceSlot(slot: Slot, value: unknown): void {
  if ('object' in slot) setOwn(slot.object, slot.key, value);
  else slot.list[listIndex(slot.key, slot.list.length) as number] = value;
}

/** Adds a member, or inserts into a list, at its end for `-`. False where the list has no such place. */
export function addToSlot(slot: Slot, value: unknown): boolean {
  if ('object' in slot) {
    setOwn(slot.object, slot.key, value);
    return true;
  }
  const { list, key } = slot;
  const index = key === '-' ? list.length : listIndex(key, list.length + 1);
  if (index === undefined || index > list.length) return false;
  list.splice(index, 0, value);
  return true;
}

/** Removes what is there. False where there is nothing. */
export function removeSlot(slot: Slot): boolean {
  if ('object' in slot) return Object.hasOwn(slot.object, slot.key) && delete slot.object[slot.key];
  const index = listIndex(slot.key, slot.list.length);
  if (index === undefined || index >= slot.list.length) return false;
  slot.list.splice(index, 1);
  return true;
}

/** The index that a key names in a list of that length, possibly one past its end or further; undefined where it is no index. */
function listIndex(key: string, length: number): number | undefined {
  if (!/^[+-]?\d{1,15}$/.test(key)) return undefined;
  const index = Number(key);
  const counted = index < 0 ? index + length : index;
  return counted < 0 ? undefined : counted;
}
