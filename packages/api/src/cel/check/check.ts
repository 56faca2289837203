import type { CallExpr, ComprehensionExpr, Expr, ListExpr, MapExpr, SelectExpr } from '../syntax/ast.ts';
import type { Issue } from '../syntax/issue.ts';
import { type Overload, overloadsOf } from '../types/declarations.ts';
import { moreGeneral, Substitution } from '../types/substitution.ts';
import {
  formatType,
  heldType,
  isOpenType,
  isSameType,
  listType,
  mapType,
  optionalType,
  paramOf,
  paramType,
  simpleTypes,
  type Type,
  typeType,
} from '../types/type.ts';

/** What expressions can name. */
export interface Scope {
  readonly variables: ReadonlyMap<string, Type>;
  /** The fields of struct types by the name of the type. */
  readonly structs: ReadonlyMap<string, ReadonlyMap<string, Type>>;
}

/** What the check found out about the nodes of an expression. */
export interface Checked {
  readonly expr: Expr;
  readonly types: ReadonlyMap<Expr, Type>;
  /** The ids of the overloads that may be meant by a call. */
  readonly overloads: ReadonlyMap<Expr, readonly string[]>;
  /** Variables, types and functions whose name has dots, by the node that spells them. */
  readonly qualified: ReadonlyMap<Expr, string>;
  /** The variables that are read. */
  readonly references: ReadonlySet<string>;
  readonly issues: readonly Issue[];
}

/** Types every node of an expression (cel-go `checker.Check`); faults are in `issues`. */
export function checkExpression(expr: Expr, scope: Scope): Checked {
  const checker = new Checker(scope);
  checker.check(expr);
  return checker.result(expr);
}

/** `bool`, `int` ... are values too: the types themselves. */
const typeNames: ReadonlyMap<string, Type> = new Map(
  [
    ...Object.values(simpleTypes).filter(({ kind }) => kind !== 'error' && kind !== 'type'),
    listType(simpleTypes.dyn),
    mapType(simpleTypes.dyn, simpleTypes.dyn),
    typeType(),
    optionalType(paramType('T')),
  ].map((type) => [type.name, typeType(type)] as const),
);

class Checker {
  readonly #scope: Scope;
  readonly #locals: ReadonlyMap<string, Type>[] = [];
  readonly #types = new Map<Expr, Type>();
  readonly #overloads = new Map<Expr, readonly string[]>();
  readonly #qualified = new Map<Expr, string>();
  readonly #references = new Set<string>();
  readonly #issues: Issue[] = [];
  readonly #known = new Substitution();
  #fresh = 0;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  result(expr: Expr): Checked {
    for (const [node, type] of this.#types) this.#types.set(node, this.#known.apply(type, true));
    const { variables } = this.#scope;
    const references = new Set([...this.#references].filter((name) => variables.has(name)));
    const [types, overloads, qualified, issues] = [this.#types, this.#overloads, this.#qualified, this.#issues];
    return { expr, types, overloads, qualified, references, issues };
  }

  check(expr: Expr): Type {
    const type = this.#typeOf(expr);
    this.#types.set(expr, type);
    return type;
  }

  #typeOf(expr: Expr): Type {
    switch (expr.kind) {
      case 'literal':
        return literalType(expr.value);
      case 'ident':
        return this.#lookUp(expr.name) ?? this.#undeclared(expr, expr.name);
      case 'select':
        return this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
        return this.#list(expr);
      case 'map':
        return this.#map(expr);
      case 'comprehension':
        return this.#comprehension(expr);
    }
  }

  #lookUp(spelled: string): Type | undefined {
    const name = spelled.replace(/^\./, '');
    for (const locals of this.#locals.toReversed()) {
      const local = locals.get(name);
      if (local) return local;
    }
    const variable = this.#scope.variables.get(name);
    if (variable) this.#references.add(name);
    return variable ?? typeNames.get(name);
  }

  #undeclared({ at }: Expr, name: string): Type {
    return this.#fault(at, `undeclared reference to '${name}' (in container '')`);
  }

  #fault(at: number, message: string): Type {
    this.#issues.push({ at, message });
    return simpleTypes.error;
  }

  #select(expr: SelectExpr): Type {
    const name = qualifiedName(expr);
    const named = name === undefined ? undefined : this.#lookUp(name);
    if (name !== undefined && named) {
      this.#qualified.set(expr, name);
      return named;
    }
    const type = this.#field(expr, expr.operand, expr.field, false);
    return expr.testOnly ? simpleTypes.bool : this.#known.apply(type);
  }

  #field({ at }: Expr, operand: Expr, field: string, optional: boolean): Type {
    const operandType = this.#known.apply(this.check(operand));
    const held = heldType(operandType);
    const type = this.#fieldOf(at, held ?? operandType, field);
    return held || optional ? optionalType(type) : type;
  }

  #fieldOf(at: number, type: Type, field: string): Type {
    if (type.kind === 'map') return paramOf(type, 1);
    if (type.kind === 'struct') {
      const fields = this.#scope.structs.get(type.name);
      if (!fields) return this.#fault(at, `unexpected failed resolution of '${type.name}'`);
      return fields.get(field) ?? this.#fault(at, `undefined field '${field}'`);
    }
    if (type.kind === 'param') this.#known.unify([simpleTypes.dyn], [type]);
    else if (!isOpenType(type)) this.#fault(at, `type '${formatType(type)}' does not support field selection`);
    return simpleTypes.dyn;
  }

  #call(expr: CallExpr): Type {
    if (expr.name === '_?._') return this.#optionalSelect(expr);
    const { target, args } = expr;
    for (const arg of args) this.check(arg);
    const name = expr.name.replace(/^\./, '');
    if (!target) return this.#resolve(expr, name, undefined, args);
    const prefix = qualifiedName(target);
    const full = `${prefix}.${name}`;
    if (prefix !== undefined && overloadsOf(full)) {
      this.#qualified.set(expr, full);
      return this.#resolve(expr, full, undefined, args);
    }
    this.check(target);
    return this.#resolve(expr, name, target, args);
  }

  #optionalSelect(expr: CallExpr): Type {
    const [operand, field] = expr.args;
    if (!operand || field?.kind !== 'literal') throw new Error('an optional selection has an operand and a field');
    this.check(field);
    this.#overloads.set(expr, ['select_optional_field']);
    return this.#known.apply(this.#field(expr, operand, String(field.value), true));
  }

  #resolve(expr: CallExpr, name: string, target: Expr | undefined, args: readonly Expr[]): Type {
    const overloads = overloadsOf(name);
    if (!overloads) return this.#undeclared(expr, name);
    if (name === '_&&_' || name === '_||_') return this.#logical(expr, overloads, args);
    const types = (target ? [target, ...args] : args).map((arg) => this.#types.get(arg) ?? simpleTypes.dyn);
    const ids: string[] = [];
    let result: Type | undefined;
    for (const overload of overloads) {
      if (overload.member !== (target !== undefined)) continue;
      const { params, result: declared } = this.#instance(overload);
      if (!this.#known.unify(types, params)) continue;
      ids.push(overload.id);
      const type = this.#known.apply(declared);
      if (!result) result = type;
      else if (result.kind !== 'dyn' && !isSameType(type, result)) result = simpleTypes.dyn;
    }
    this.#overloads.set(expr, ids);
    return result ?? this.#noOverload(expr, name, types, target !== undefined);
  }

  #logical(expr: CallExpr, overloads: readonly Overload[], args: readonly Expr[]): Type {
    this.#overloads.set(
      expr,
      overloads.map(({ id }) => id),
    );
    let type: Type = simpleTypes.bool;
    for (const arg of args) {
      const given = this.#types.get(arg) ?? simpleTypes.dyn;
      if (!this.#known.unify([given], [simpleTypes.bool])) type = this.#mismatch(arg.at, simpleTypes.bool, given);
    }
    return type;
  }

  #instance({ params, result }: Overload): Pick<Overload, 'params' | 'result'> {
    const own = new Substitution();
    const names = new Set([...params, result].flatMap(paramNames));
    for (const name of names) own.bind(paramType(name), this.#variable());
    return { params: params.map((param) => own.apply(param)), result: own.apply(result) };
  }

  #variable(): Type {
    return paramType(`_var${this.#fresh++}`);
  }

  #noOverload({ at }: Expr, name: string, types: readonly Type[], member: boolean): Type {
    const shown = types.map((type) => formatType(this.#known.apply(type, true)));
    const target = member ? `${shown.shift()}.` : '';
    return this.#fault(at, `found no matching overload for '${name}' applied to '${target}(${shown.join(', ')})'`);
  }

  #mismatch(at: number, expected: Type, found: Type): Type {
    return this.#fault(at, `expected type '${formatType(expected)}' but found '${formatType(found)}'`);
  }

  #list({ elements, optional }: ListExpr): Type {
    let joined: Type | undefined;
    for (const [index, element] of elements.entries()) {
      const type = this.check(element);
      joined = this.#join(joined, optional.has(index) ? this.#unwrapped(element, type) : type);
    }
    return listType(joined ?? this.#variable());
  }

  #map({ entries }: MapExpr): Type {
    let keys: Type | undefined;
    let values: Type | undefined;
    for (const { key, value, optional } of entries) {
      keys = this.#join(keys, this.check(key));
      const type = this.check(value);
      values = this.#join(values, optional ? this.#unwrapped(value, type) : type);
    }
    return mapType(keys ?? this.#variable(), values ?? this.#variable());
  }

  #unwrapped({ at }: Expr, type: Type): Type {
    const held = heldType(type);
    if (!held && type.kind !== 'dyn') this.#mismatch(at, optionalType(type), type);
    return held ?? type;
  }

  #join(previous: Type | undefined, current: Type): Type {
    if (!previous) return current;
    return this.#known.unify([previous], [current]) ? moreGeneral(previous, current) : simpleTypes.dyn;
  }

  #comprehension(expr: ComprehensionExpr): Type {
    const range = this.#known.apply(this.check(expr.range));
    const accumulated = this.check(expr.init);
    this.#locals.push(new Map([[expr.accumulator, accumulated]]));
    this.#locals.push(this.#iterated(expr, range));
    this.#mustBe(expr.condition, simpleTypes.bool);
    this.#mustBe(expr.step, accumulated);
    this.#locals.pop();
    const type = this.#known.apply(this.check(expr.result));
    this.#locals.pop();
    return type;
  }

  #iterated({ range: { at }, variable, second }: ComprehensionExpr, range: Type): Map<string, Type> {
    const [key, value] = this.#iteratedTypes(at, range);
    if (second !== undefined) {
      return new Map([
        [variable, range.kind === 'list' ? simpleTypes.int : key],
        [second, value],
      ]);
    }
    return new Map([[variable, range.kind === 'list' ? value : key]]);
  }

  #iteratedTypes(at: number, range: Type): [Type, Type] {
    if (range.kind === 'list') return [simpleTypes.int, paramOf(range, 0)];
    if (range.kind === 'map') return [paramOf(range, 0), paramOf(range, 1)];
    if (isOpenType(range) || range.kind === 'param') {
      this.#known.unify([simpleTypes.dyn], [range]);
      return [simpleTypes.dyn, simpleTypes.dyn];
    }
    const message = `expression of type '${formatType(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`;
    const fault = this.#fault(at, message);
    return [fault, fault];
  }

  #mustBe(expr: Expr, type: Type): void {
    const found = this.check(expr);
    if (!this.#known.unify([type], [found])) this.#mismatch(expr.at, type, found);
  }
}

function literalType(value: unknown): Type {
  if (typeof value === 'string') return simpleTypes.string;
  if (typeof value === 'bigint') return simpleTypes.int;
  if (typeof value === 'number') return simpleTypes.double;
  if (typeof value === 'boolean') return simpleTypes.bool;
  if (value === null) return simpleTypes.null;
  return value instanceof Uint8Array ? simpleTypes.bytes : simpleTypes.uint;
}

/** `a.b.c` as one name, where a node is nothing else. */
function qualifiedName(expr: Expr): string | undefined {
  if (expr.kind === 'ident') return expr.name;
  if (expr.kind !== 'select' || expr.testOnly) return undefined;
  const operand = qualifiedName(expr.operand);
  return operand === undefined ? undefined : `${operand}.${expr.field}`;
}

function paramNames(type: Type): string[] {
  return type.kind === 'param' ? [type.name] : type.params.flatMap(paramNames);
}
