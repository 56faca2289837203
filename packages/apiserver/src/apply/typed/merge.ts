import type { PathElement } from '../fields/path-element.ts';
import { itemElement } from './list-items.ts';
import { asList, asMap, branchOf, type ListType, type MapType, memberType, type ValueType } from './value-type.ts';

/**
 * The first object with what the second sets (smd `Merge`). Nothing is removed; leaves are the second's. Items of `set` and
 * `map` lists come in the order of the second where it names them, the others near the neighbours that they had.
 */
export function mergeTyped(type: ValueType, live: unknown, config: unknown): unknown {
  if (config === undefined || live === config) return live;
  const branch = branchOf(type, config);
  if (branch === 'map' && type.map) return mergeMap(type.map, live, config);
  if (branch === 'list' && type.list) return mergeList(type.list, live, config);
  return config;
}

function mergeMap(type: MapType, live: unknown, config: unknown): unknown {
  const [old, now] = [asMap(live) ?? {}, asMap(config) ?? {}];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  if (type.atomic || names.size === 0) return config;
  return Object.fromEntries([...names].map((name) => [name, mergeMember(type, name, old, now)] as const));
}

function mergeMember(
  type: MapType,
  name: string,
  old: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): unknown {
  const live = Object.hasOwn(old, name) ? old[name] : undefined;
  if (!Object.hasOwn(now, name)) return live;
  const inner = memberType(type, name);
  return inner ? mergeTyped(inner, live, now[name]) : now[name];
}

function mergeList(type: ListType, live: unknown, config: unknown): unknown {
  const [old, now] = [asList(live) ?? [], asList(config) ?? []];
  if (type.relation === 'atomic' || old.length + now.length === 0) return config;
  return new ListMerge(type, old, now).run();
}

/** Walks both lists at once; whichever is not merged yet and is in turn goes out next. */
class ListMerge {
  readonly #type: ListType;
  readonly #old: readonly unknown[];
  readonly #now: readonly unknown[];
  readonly #oldElements: readonly PathElement[];
  readonly #newElements: readonly PathElement[];
  /** Null stands for an item that is in the list more than once: such items are replaced, not merged. */
  readonly #oldByElement = new Map<PathElement, unknown>();
  readonly #newSet: ReadonlySet<PathElement>;
  readonly #shared: readonly PathElement[];
  readonly #done = new Set<PathElement>();
  readonly #out: unknown[] = [];
  #nextShared = 0;

  constructor(type: ListType, old: readonly unknown[], now: readonly unknown[]) {
    this.#type = type;
    this.#old = old;
    this.#now = now;
    this.#oldElements = old.map((item) => itemElement(type, item));
    this.#newElements = now.map((item) => itemElement(type, item));
    this.#newSet = new Set(this.#newElements);
    this.#oldElements.forEach((element, index) => {
      this.#oldByElement.set(element, this.#oldByElement.has(element) ? null : old[index]);
    });
    this.#shared = this.#newElements.filter((element) => this.#oldByElement.has(element));
  }

  run(): unknown[] {
    let left = 0;
    let right = 0;
    while (left < this.#old.length || right < this.#now.length) {
      const element = this.#oldElements[left];
      if (element !== undefined && right < this.#now.length && this.#isOutOfTurn(element, right)) left++;
      else if (element !== undefined && !this.#newSet.has(element)) this.#out.push(this.#old[left++]);
      else {
        const isDone = element !== undefined && (this.#done.has(element) || element === this.#newElements[right]);
        if (isDone) left++;
        if (right < this.#now.length) this.#takeNew(right++);
      }
    }
    return this.#out;
  }

  /** An item of both lists that the new one wants at another place than here. */
  #isOutOfTurn(element: PathElement, right: number): boolean {
    const next = this.#shared[this.#nextShared];
    return element !== this.#newElements[right] && this.#newSet.has(element) && next !== undefined && next !== element;
  }

  #takeNew(index: number): void {
    const element = this.#newElements[index] as PathElement;
    this.#done.add(element);
    this.#out.push(mergeTyped(this.#type.items, this.#oldByElement.get(element), this.#now[index]));
    if (this.#shared[this.#nextShared] === element) this.#nextShared++;
  }
}
