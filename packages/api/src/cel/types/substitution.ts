import {
  formatType,
  isOpenType,
  isSameType,
  listType,
  mapType,
  paramOf,
  simpleTypes,
  type Type,
  typeType,
} from './type.ts';

/** What type parameters stand for (cel-go `checker/mapping.go` and `checker/types.go`). */
export class Substitution {
  readonly #bound = new Map<string, Type>();
  /** What was bound before, so that a failed attempt can be taken back. */
  readonly #trail: { readonly key: string; readonly before: Type | undefined }[] = [];

  /** Whether every type of one list can stand for its like in another; binds parameters only where all can. */
  unify(left: readonly Type[], right: readonly Type[]): boolean {
    const start = this.#trail.length;
    const fits = this.#areAssignable(left, right);
    if (!fits) this.#takeBack(start);
    this.#trail.length = start;
    return fits;
  }

  bind(from: Type, to: Type): void {
    const key = formatType(from);
    this.#trail.push({ key, before: this.#bound.get(key) });
    this.#bound.set(key, to);
  }

  #takeBack(start: number): void {
    for (const { key, before } of this.#trail.slice(start).reverse()) {
      if (before) this.#bound.set(key, before);
      else this.#bound.delete(key);
    }
  }

  /** The type with parameters replaced; with `close`, what stays free becomes dyn. */
  apply(type: Type, close = false): Type {
    const bound = this.#bound.get(formatType(type));
    if (bound) return this.apply(bound, close);
    if (type.kind === 'param') return close ? simpleTypes.dyn : type;
    if (type.kind === 'list') return listType(this.apply(paramOf(type, 0), close));
    if (type.kind === 'map') return mapType(this.apply(paramOf(type, 0), close), this.apply(paramOf(type, 1), close));
    if (type.kind === 'type') return type.params[0] ? typeType(this.apply(type.params[0], close)) : type;
    if (type.kind !== 'opaque') return type;
    return { ...type, params: type.params.map((param) => this.apply(param, close)) };
  }

  #areAssignable(left: readonly Type[], right: readonly Type[]): boolean {
    return left.length === right.length && left.every((type, index) => this.#isAssignable(type, right[index] ?? type));
  }

  #isAssignable(left: Type, right: Type): boolean {
    if (right.kind === 'param') {
      const { valid, known } = this.#stands(left, right);
      if (valid) return true;
      if (known) return false;
    }
    if (left.kind === 'param') return this.#stands(right, left).valid;
    if (isOpenType(left) || isOpenType(right)) return true;
    if (left.kind === 'null') return isNullable(right);
    if (right.kind === 'null') return isNullable(left);
    if (left.kind === 'type') return right.kind === 'type';
    if (left.kind === 'opaque' || left.kind === 'list' || left.kind === 'map') {
      return left.kind === right.kind && left.name === right.name && this.#areAssignable(left.params, right.params);
    }
    return isSameType(left, right);
  }

  /** Whether a parameter can stand for a type; it is bound then. */
  #stands(type: Type, param: Type): { valid: boolean; known: boolean } {
    if (isSameType(type, param)) return { valid: true, known: true };
    const bound = this.#bound.get(formatType(param));
    if (bound) return { valid: this.#widen(type, param, bound), known: true };
    if (!this.#isFree(param, type)) return { valid: false, known: false };
    this.bind(param, type);
    return { valid: true, known: false };
  }

  #widen(type: Type, param: Type, bound: Type): boolean {
    if (isSameType(type, bound)) return true;
    if (!this.#isAssignable(type, bound)) return false;
    const wider = moreGeneral(type, bound);
    if (this.#isFree(param, wider)) this.bind(param, wider);
    return true;
  }

  /** Whether a parameter does not occur within a type. */
  #isFree(param: Type, within: Type): boolean {
    if (isSameType(param, within)) return false;
    if (within.kind === 'param') {
      const bound = this.#bound.get(formatType(within));
      return !bound || this.#isFree(param, bound);
    }
    return within.params.every((inner) => this.#isFree(param, inner));
  }
}

function isNullable({ kind }: Type): boolean {
  return ['opaque', 'struct', 'duration', 'timestamp', 'null'].includes(kind);
}

/** Of two types that unify, the one that allows more. */
export function moreGeneral(left: Type, right: Type): Type {
  return isLessSpecific(left, right) ? left : right;
}

function isLessSpecific(left: Type, right: Type): boolean {
  if (left.kind === 'dyn' || left.kind === 'param') return true;
  if (right.kind === 'dyn' || right.kind === 'param' || left.kind !== right.kind) return false;
  if (left.kind === 'type') return true;
  if (left.kind !== 'opaque' && left.kind !== 'list' && left.kind !== 'map') return isSameType(left, right);
  return (
    left.name === right.name &&
    left.params.length === right.params.length &&
    left.params.every((param, index) => isLessSpecific(param, paramOf(right, index)))
  );
}
