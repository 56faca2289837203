import type { Checked } from '../check/check.ts';
import type { SchemaType } from '../schema-type.ts';
import {
  type CallExpr,
  type ComprehensionExpr,
  type Expr,
  isBinding,
  type ListExpr,
  type MapExpr,
} from '../syntax/ast.ts';
import { heldType, paramOf, simpleTypes, type Type } from '../types/type.ts';
import { callEstimate } from './call-estimate.ts';
import type { Sized } from './call-sizes.ts';
import { perIdentifier, perListMade, perMapMade } from './factors.ts';
import { fixed, plus, type Range, times, union, unknown } from './range.ts';
import { addStep, noPath, type SharedPath, startPath, stepsOf } from './shared-path.ts';

/** Keys or indexes and values of a list or map. */
interface EntrySize {
  readonly container: 'list' | 'map';
  readonly key: Range;
  readonly value: Range;
}

interface Local {
  readonly path: SharedPath;
  readonly size: Range | undefined;
  readonly entry: EntrySize | undefined;
}

/** The least and most that an expression may cost over values of a schema (cel-go `checker.Cost`). */
export function estimateCost(checked: Checked, self: SchemaType): Range {
  return new Estimate(checked, self).cost(checked.expr);
}

class Estimate {
  readonly #checked: Checked;
  readonly #self: SchemaType;
  readonly #paths = new Map<Expr, SharedPath>();
  readonly #locals = new Map<string, Local[]>();
  readonly #sizes = new Map<Expr, Range>();
  readonly #entries = new Map<Expr, EntrySize>();

  constructor(checked: Checked, self: SchemaType) {
    this.#checked = checked;
    this.#self = self;
  }

  cost(expr: Expr): Range {
    switch (expr.kind) {
      case 'literal':
        return fixed(0);
      case 'ident':
        return this.#ident(expr, expr.name);
      case 'select':
        return this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
        return this.#list(expr);
      case 'map':
        return this.#map(expr);
      case 'comprehension':
        return isBinding(expr) ? this.#binding(expr) : this.#comprehension(expr);
    }
  }

  #ident(expr: Expr, name: string): Range {
    this.#paths.set(expr, this.#local(name)?.path ?? startPath(name));
    return fixed(perIdentifier);
  }

  #select(expr: Expr & { kind: 'select' }): Range {
    const name = this.#checked.qualified.get(expr);
    if (name !== undefined) return this.#ident(expr, name);
    const operand = this.cost(expr.operand);
    if (expr.testOnly) return operand;
    this.#paths.set(expr, addStep(this.#pathOf(expr.operand), expr.field));
    const { kind } = this.#typeOf(expr.operand);
    return kind === 'map' || kind === 'struct' || kind === 'param' ? plus(operand, fixed(perIdentifier)) : operand;
  }

  #call(expr: CallExpr): Range {
    if (expr.name === 'dyn' && expr.args[0]) return this.#dyn(expr, expr.args[0]);
    const argCosts = expr.args.map((arg) => this.cost(arg));
    const args = expr.args.map((arg) => this.#sized(arg));
    const name = this.#checked.qualified.get(expr);
    const target = name === undefined ? expr.target : undefined;
    const targetCost = target ? this.cost(target) : fixed(0);
    const sizedTarget = target && this.#sized(target);
    let cost: Range | undefined;
    let size: Range | undefined;
    for (const id of this.#checked.overloads.get(expr) ?? []) {
      const call = { name: name ?? expr.name, id, target: sizedTarget, args, argCosts };
      const estimate = callEstimate(call);
      cost = cost ? union(cost, estimate.cost) : estimate.cost;
      if (estimate.size) size = size ? union(size, estimate.size) : estimate.size;
      this.#trackEntries(expr, id);
      if (id === 'index_list' || id === 'index_map') size = this.#indexed(expr, id);
      size ??= this.#sizeOf(expr);
    }
    if (size) this.#sizes.set(expr, size);
    return plus(targetCost, cost ?? fixed(0));
  }

  #dyn(expr: Expr, arg: Expr): Range {
    const cost = plus(fixed(1), this.cost(arg));
    this.#copySizes(expr, arg);
    return cost;
  }

  #trackEntries(expr: CallExpr, id: string): void {
    const parts = id === 'conditional' ? expr.args.slice(1) : id.startsWith('add_') ? expr.args : [];
    const [left, right] = parts.map((part) => this.#entryOf(part));
    if (!left || !right || !['conditional', 'add_list', 'add_string', 'add_bytes'].includes(id)) return;
    this.#entries.set(expr, { ...left, key: union(left.key, right.key), value: union(left.value, right.value) });
  }

  #indexed(expr: CallExpr, id: string): Range | undefined {
    const [container] = expr.args;
    if (!container) return undefined;
    this.#paths.set(expr, addStep(this.#pathOf(container), id === 'index_list' ? '@items' : '@values'));
    return this.#entryOf(container)?.value;
  }

  #list(expr: ListExpr): Range {
    const costs = expr.elements.map((element) => this.cost(element));
    const value = unionOf(expr.elements.map((element) => this.#sizeOrUnknown(element)));
    this.#entries.set(expr, { container: 'list', key: fixed(1), value });
    return plus(...costs, fixed(perListMade));
  }

  #map(expr: MapExpr): Range {
    const costs = expr.entries.flatMap(({ key, value }) => [this.cost(key), this.cost(value)]);
    const key = unionOf(expr.entries.map((entry) => this.#sizeOrUnknown(entry.key)));
    const value = unionOf(expr.entries.map((entry) => this.#sizeOrUnknown(entry.value)));
    this.#entries.set(expr, { container: 'map', key, value });
    return plus(...costs, fixed(perMapMade));
  }

  #comprehension(expr: ComprehensionExpr): Range {
    const { range, init, condition, step, result, accumulator } = expr;
    const before = plus(this.cost(range), this.cost(init));
    this.#push(accumulator, { path: this.#pathOf(init), size: this.#sizeOf(init), entry: this.#entryOf(init) });
    const variables = this.#iterated(expr);
    for (const [name, local] of variables) this.#push(name, local);
    const loop = plus(this.cost(condition), this.cost(step));
    for (const [name] of variables) this.#pop(name);
    const after = this.cost(result);
    this.#pop(accumulator);
    const count = this.#sizeOrUnknown(range);
    this.#sizeFold(expr, count);
    return plus(before, after, times(count, loop));
  }

  #sizeFold(expr: ComprehensionExpr, count: Range): void {
    const { init, step } = expr;
    if (init.kind === 'literal') {
      const size = this.#sizeOf(init);
      if (size) this.#sizes.set(expr, size);
    } else if (init.kind === 'list' || init.kind === 'map') {
      this.#sizes.set(expr, count);
      const entry = this.#entryOf(step);
      if (entry) this.#entries.set(expr, entry);
    }
  }

  #iterated({ range, variable, second }: ComprehensionExpr): [string, Local][] {
    const entry = this.#entryOf(range);
    const isList = (entry?.container ?? this.#typeOf(range).kind) === 'list';
    const key = (): Local => this.#below(range, isList ? '@indices' : '@keys', entry?.key);
    const value = (): Local => this.#below(range, isList ? '@items' : '@values', entry?.value);
    if (second !== undefined) {
      return [
        [variable, key()],
        [second, value()],
      ];
    }
    return [[variable, isList ? value() : key()]];
  }

  #below(range: Expr, step: string, size: Range | undefined): Local {
    return { path: addStep(this.#pathOf(range), step), size, entry: undefined };
  }

  #binding(expr: ComprehensionExpr): Range {
    const { range, init, result, accumulator } = expr;
    const before = plus(this.cost(range), this.cost(init));
    this.#push(accumulator, { path: this.#pathOf(init), size: this.#sizeOf(init), entry: this.#entryOf(init) });
    const cost = plus(before, this.cost(result));
    this.#pop(accumulator);
    this.#copySizes(expr, result);
    return cost;
  }

  #sized(expr: Expr): Sized {
    const type = this.#typeOf(expr);
    const path = stepsOf(this.#pathOf(expr));
    return {
      type,
      expr,
      size: this.#sizeOf(expr),
      item: () => this.#schemaSize(path.length > 0 ? [...path, '@items'] : []),
    };
  }

  #copySizes(to: Expr, from: Expr): void {
    const size = this.#sizeOf(from);
    if (size) this.#sizes.set(to, size);
    const entry = this.#entryOf(from);
    if (entry) this.#entries.set(to, entry);
  }

  #sizeOrUnknown(expr: Expr): Range {
    return this.#sizeOf(expr) ?? unknown;
  }

  #sizeOf(expr: Expr): Range | undefined {
    const known = this.#sizes.get(expr) ?? ownSize(expr);
    if (known) return known;
    const declared = this.#schemaSize(stepsOf(this.#pathOf(expr)));
    if (declared) {
      this.#sizes.set(expr, declared);
      return declared;
    }
    if (isScalar(this.#typeOf(expr))) return fixed(1);
    return expr.kind === 'ident' ? this.#local(expr.name)?.size : undefined;
  }

  #entryOf(expr: Expr): EntrySize | undefined {
    return this.#entries.get(expr) ?? (expr.kind === 'ident' ? this.#local(expr.name)?.entry : undefined);
  }

  /** How large the schema lets the value at a path be. */
  #schemaSize([variable, ...steps]: readonly string[]): Range | undefined {
    if (variable === undefined) return undefined;
    let at: SchemaType | undefined = this.#self;
    for (const step of steps) {
      if (step === '@keys') return at.type.kind === 'map' ? fixedKeys : undefined;
      at = step === '@items' || step === '@values' ? at.element : at.fields.get(step);
      if (!at) return undefined;
    }
    return { min: 0, max: at.maxElements };
  }

  #typeOf(expr: Expr): Type {
    return this.#checked.types.get(expr) ?? simpleTypes.dyn;
  }

  #pathOf(expr: Expr): SharedPath {
    const local = expr.kind === 'ident' ? this.#local(expr.name) : undefined;
    return local?.path ?? this.#paths.get(expr) ?? noPath;
  }

  #local(name: string): Local | undefined {
    return this.#locals.get(name)?.at(-1);
  }

  #push(name: string, local: Local): void {
    this.#locals.set(name, [...(this.#locals.get(name) ?? []), local]);
  }

  #pop(name: string): void {
    this.#locals.get(name)?.pop();
  }
}

/** Keys have a type without a bound of its own. */
const fixedKeys: Range = { min: 0, max: 0 };

function unionOf(sizes: readonly Range[]): Range {
  return sizes.length === 0 ? { min: 0, max: 0 } : sizes.reduce(union);
}

function ownSize(expr: Expr): Range | undefined {
  if (expr.kind === 'list') return fixed(expr.elements.length);
  if (expr.kind === 'map') return fixed(expr.entries.length);
  if (expr.kind !== 'literal') return undefined;
  if (typeof expr.value === 'string') return fixed(Array.from(expr.value).length);
  return fixed(expr.value instanceof Uint8Array ? expr.value.length : 1);
}

function isScalar(type: Type): boolean {
  const held = heldType(type);
  return held
    ? isScalar(paramOf(type, 0))
    : ['bool', 'double', 'duration', 'int', 'timestamp', 'uint'].includes(type.kind);
}
