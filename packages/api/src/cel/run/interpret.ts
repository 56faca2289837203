import type { Checked } from '../check/check.ts';
import { callCost } from '../cost/call-cost.ts';
import { perIdentifier, perListMade, perMapMade } from '../cost/factors.ts';
import { Mismatch } from '../mismatch.ts';
import {
  type CallExpr,
  type ComprehensionExpr,
  type Expr,
  isBinding,
  type ListExpr,
  type MapExpr,
  type SelectExpr,
} from '../syntax/ast.ts';
import { elementAt, fieldOf, hasField, optionalElementAt, optionalFieldOf } from './access.ts';
import { conversions, foldable } from './constants.ts';
import { isEqual } from './equality.ts';
import { Meter } from './meter.ts';
import { callables, choose } from './overload.ts';
import { typeNameOf } from './type-name.ts';
import { CelFailure, Optional, TypeValue } from './values.ts';

/** The values of variables by name. */
export type Bindings = (name: string) => unknown;

/** An expression ready to run. Throws `CelFailure`, or `CostExceeded` when the meter ends it. */
export type Program = (bindings: Bindings, meter: Meter) => unknown;

type Step = (frame: Frame) => unknown;

interface Frame {
  readonly bindings: Bindings;
  readonly meter: Meter;
  readonly locals: Locals | undefined;
}

interface Locals {
  readonly name: string;
  value: unknown;
  readonly outer: Locals | undefined;
}

/** Makes a program of a checked expression. Throws `CelFailure` where a constant cannot be converted. */
export function programOf(checked: Checked): Program {
  const run = new Planner(checked).plan(checked.expr);
  return (bindings, meter) => run({ bindings, meter, locals: undefined });
}

class Planner {
  readonly #checked: Checked;

  constructor(checked: Checked) {
    this.#checked = checked;
  }

  plan(expr: Expr): Step {
    switch (expr.kind) {
      case 'literal': {
        const { value } = expr;
        return () => value;
      }
      case 'ident':
        return readIdent(expr.name.replace(/^\./, ''));
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

  #select(expr: SelectExpr): Step {
    const name = this.#checked.qualified.get(expr);
    if (name !== undefined) return readIdent(name);
    const { field, testOnly } = expr;
    const operand = this.plan(expr.operand);
    if (testOnly) return (frame) => hasField(operand(frame), field);
    return (frame) => {
      const value = operand(frame);
      frame.meter.add(perIdentifier);
      return fieldOf(value, field);
    };
  }

  #call(expr: CallExpr): Step {
    const name = this.#checked.qualified.get(expr) ?? expr.name.replace(/^\./, '');
    const [first, second, third] = expr.args;
    if (name === '_&&_' && first && second) return logical(this.plan(first), this.plan(second), false);
    if (name === '_||_' && first && second) return logical(this.plan(first), this.plan(second), true);
    if (name === '_?_:_' && first && second && third)
      return conditional(this.plan(first), this.plan(second), this.plan(third));
    if (name === '_?._' && first && second?.kind === 'literal')
      return access(this.plan(first), () => second.value, optionalFieldOf);
    if (name === '_[?_]' && first && second) return access(this.plan(first), this.plan(second), optionalElementAt);
    if (name === '_[_]' && first && second) return access(this.plan(first), this.plan(second), elementAt);
    if (name === 'type' && first) return typeOf(this.plan(first));
    if (name === '@not_strictly_false' && first) return notStrictlyFalse(this.plan(first));
    if (name === '@in' && first && second?.kind === 'list' && foldable(second)) return this.#inConstant(first, second);
    if ((name === 'or' || name === 'orValue') && expr.target && first) return this.#otherwise(expr.target, first, name);
    return this.#function(expr, name);
  }

  /** What stands in for an empty optional is only evaluated when it is needed. */
  #otherwise(target: Expr, other: Expr, name: string): Step {
    const [optional, instead] = [this.plan(target), this.plan(other)];
    return (frame) => {
      const value = solid(optional(frame));
      if (!present(value)) return solid(instead(frame));
      return name === 'or' ? value : value.held;
    };
  }

  #function(expr: CallExpr, name: string): Step {
    const parts = expr.target && !this.#checked.qualified.has(expr) ? [expr.target, ...expr.args] : expr.args;
    const overloads = callables(name, this.#checked.overloads.get(expr) ?? []);
    const args = parts.map((part) => this.plan(part));
    const call: Step = (frame) => {
      const values = args.map((arg) => solid(arg(frame)));
      const { id, run } = choose(name, overloads, values);
      const result = run(values);
      frame.meter.add(callCost(name, id, values, result));
      return result;
    };
    return conversions.has(name) && parts.every(foldable) ? constant(call) : call;
  }

  /** A look-up in a constant list costs no more than what is looked up; in an empty one nothing is. */
  #inConstant(item: Expr, list: ListExpr): Step {
    const [lookedUp, items] = [this.plan(item), constantList(this.#list(list))];
    if (items.length === 0) return () => false;
    return (frame) => {
      const value = solid(lookedUp(frame));
      return items.some((each) => isEqual(each, value));
    };
  }

  #list(expr: ListExpr): Step {
    const elements = expr.elements.map((element) => this.plan(element));
    const make: Step = (frame) => {
      const list: unknown[] = [];
      for (const [index, element] of elements.entries()) {
        const value = solid(element(frame));
        if (!expr.optional.has(index)) list.push(value);
        else if (present(value)) list.push(value.held);
      }
      frame.meter.add(perListMade);
      return list;
    };
    return foldable(expr) ? constant(make) : make;
  }

  #map(expr: MapExpr): Step {
    const entries = expr.entries.map(({ key, value, optional }) => ({
      key: this.plan(key),
      value: this.plan(value),
      optional,
    }));
    const make: Step = (frame) => {
      const map = new Map<unknown, unknown>();
      for (const { key, value, optional } of entries) {
        const [name, item] = [solid(key(frame)), solid(value(frame))];
        if (map.has(name)) throw new CelFailure(`insert failed: key ${String(name)} already exists`);
        if (!optional) map.set(name, item);
        else if (present(item)) map.set(name, item.held);
      }
      frame.meter.add(perMapMade);
      return map;
    };
    return foldable(expr) ? constant(make) : make;
  }

  #binding({ accumulator, init, result }: ComprehensionExpr): Step {
    const [bound, body] = [this.plan(init), this.plan(result)];
    return (frame) => {
      const value = bound(frame);
      return body({ ...frame, locals: { name: accumulator, value, outer: frame.locals } });
    };
  }

  #comprehension(expr: ComprehensionExpr): Step {
    const range = this.plan(expr.range);
    const init = this.plan(expr.init);
    const [condition, step, result] = [this.plan(expr.condition), this.plan(expr.step), this.plan(expr.result)];
    return (frame) => {
      const pairs = pairsOf(solid(range(frame)), expr.second !== undefined);
      const accumulator: Locals = { name: expr.accumulator, value: init(frame), outer: frame.locals };
      const inner = { ...frame, locals: accumulator };
      for (const [key, value] of pairs) {
        const own: Locals = { name: expr.variable, value: key, outer: accumulator };
        const locals = expr.second === undefined ? own : { name: expr.second, value, outer: own };
        const within = { ...frame, locals };
        if (settled(condition, within) !== true) break;
        accumulator.value = settled(step, within);
      }
      return unsettled(result(inner));
    };
  }
}

/** A failure that a later step of a fold may absorb. */
class Failed {
  readonly failure: CelFailure;

  constructor(failure: CelFailure) {
    this.failure = failure;
  }
}

function settled(step: Step, frame: Frame): unknown {
  try {
    return step(frame);
  } catch (error) {
    if (error instanceof CelFailure) return new Failed(error);
    throw error;
  }
}

function unsettled(value: unknown): unknown {
  if (value instanceof Failed) throw value.failure;
  return value;
}

function readIdent(name: string): Step {
  return (frame) => {
    frame.meter.add(perIdentifier);
    for (let local = frame.locals; local; local = local.outer) if (local.name === name) return unsettled(local.value);
    const value = frame.bindings(name);
    return value === undefined ? new TypeValue(name) : value;
  };
}

/** `&&` and `||`: one side that decides makes up for a failure of the other. */
function logical(left: Step, right: Step, deciding: boolean): Step {
  return (frame) => {
    const first = settled(left, frame);
    if (first === deciding) return deciding;
    const second = settled(right, frame);
    if (second === deciding) return deciding;
    for (const value of [first, second]) {
      unsettled(value);
      if (typeof value !== 'boolean') throw new CelFailure('no such overload');
    }
    return !deciding;
  };
}

function conditional(test: Step, then: Step, otherwise: Step): Step {
  return (frame) => {
    const value = test(frame);
    if (typeof value !== 'boolean') throw new CelFailure('no such overload');
    return value ? then(frame) : otherwise(frame);
  };
}

function access(operand: Step, key: Step, read: (value: unknown, key: unknown) => unknown): Step {
  return (frame) => {
    const value = operand(frame);
    const at = key(frame);
    frame.meter.add(perIdentifier);
    return read(value, at);
  };
}

function typeOf(operand: Step): Step {
  return (frame) => {
    const value = solid(operand(frame));
    frame.meter.add(1);
    return new TypeValue(typeNameOf(value));
  };
}

function notStrictlyFalse(operand: Step): Step {
  return (frame) => {
    const value = settled(operand, frame);
    frame.meter.add(1);
    return value !== false;
  };
}

/** Made once and free of cost. */
function constant(step: Step): Step {
  const value = step({ bindings: () => undefined, meter: new Meter(Number.POSITIVE_INFINITY), locals: undefined });
  return () => value;
}

function constantList(step: Step): readonly unknown[] {
  const list = step({ bindings: () => undefined, meter: new Meter(Number.POSITIVE_INFINITY), locals: undefined });
  return Array.isArray(list) ? list : [];
}

function solid(value: unknown): unknown {
  if (value instanceof Mismatch) throw new CelFailure(value.reason);
  return value;
}

function present(value: unknown): value is Optional {
  if (!(value instanceof Optional)) throw new CelFailure('no such overload');
  return value.present;
}

function pairsOf(range: unknown, withKeys: boolean): Iterable<readonly [unknown, unknown]> {
  if (range instanceof Map) return range.entries();
  if (!Array.isArray(range)) throw new CelFailure(rangeFault(range, withKeys));
  return withKeys
    ? range.map((item, index) => [BigInt(index), item] as const)
    : range.map((item) => [item, item] as const);
}

function rangeFault(range: unknown, withKeys: boolean): string {
  const name = goTypeName(range);
  return withKeys ? `unsupported comprehension range type: ${name}` : `got '${name}', expected iterable type`;
}

const goNames: Readonly<Record<string, string>> = { null_type: 'Null', optional_type: '*types.Optional' };

/** The type of a value as Go names it. */
function goTypeName(value: unknown): string {
  const name = typeNameOf(value).replace(/^google\.protobuf\./, '');
  return goNames[name] ?? `types.${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
