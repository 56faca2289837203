import { accumulatorName, type CallExpr, type ComprehensionExpr, type Expr } from './ast.ts';
import { SyntaxFault } from './syntax-fault.ts';

/** Replaces a call of a macro by what it stands for (cel-go `parser/macro.go`, `ext`); other calls stay. Throws `SyntaxFault`. */
export function expandMacro(call: CallExpr): Expr {
  const { target, args, name } = call;
  if (!target) return name === 'has' && args.length === 1 ? presence(call) : call;
  const macro = macros[`${name}:${args.length}`];
  return macro ? macro(new Maker(call), target, args) : call;
}

function presence({ args, at }: CallExpr): Expr {
  const [tested] = args;
  if (tested?.kind !== 'select' || tested.testOnly)
    throw new SyntaxFault('invalid argument to has() macro', tested?.at ?? at);
  return { ...tested, testOnly: true, at };
}

type Macro = (make: Maker, target: Expr, args: readonly Expr[]) => Expr;

const macros: Readonly<Record<string, Macro>> = {
  'all:2': (make, range, [variable, test]) => make.all(range, [make.simpleName(variable)], test),
  'all:3': (make, range, [key, value, test]) => make.all(range, [make.pairName(key), make.pairName(value)], test),
  'exists:2': (make, range, [variable, test]) => make.exists(range, [make.simpleName(variable)], test),
  'exists:3': (make, range, [key, value, test]) => make.exists(range, [make.pairName(key), make.pairName(value)], test),
  'exists_one:2': (make, range, [variable, test]) => make.existsOne(range, [make.simpleName(variable)], test),
  'existsOne:2': (make, range, [variable, test]) => make.existsOne(range, [make.simpleName(variable)], test),
  'exists_one:3': (make, range, [key, value, test]) =>
    make.existsOne(range, [make.pairName(key), make.pairName(value)], test),
  'existsOne:3': (make, range, [key, value, test]) =>
    make.existsOne(range, [make.pairName(key), make.pairName(value)], test),
  'map:2': (make, range, [variable, result]) => make.collect(range, [make.name(variable)], undefined, result),
  'map:3': (make, range, [variable, test, result]) => make.collect(range, [make.name(variable)], test, result),
  'filter:2': (make, range, [variable, test]) => make.collect(range, [make.name(variable)], test, variable),
  'transformList:3': (make, range, [key, value, result]) =>
    make.collect(range, [make.pairName(key), make.pairName(value)], undefined, result),
  'transformList:4': (make, range, [key, value, test, result]) =>
    make.collect(range, [make.pairName(key), make.pairName(value)], test, result),
  'transformMap:3': (make, range, [key, value, result]) => make.insert(range, key, value, undefined, [key, result]),
  'transformMap:4': (make, range, [key, value, test, result]) => make.insert(range, key, value, test, [key, result]),
  'transformMapEntry:3': (make, range, [key, value, entry]) => make.insert(range, key, value, undefined, [entry]),
  'transformMapEntry:4': (make, range, [key, value, test, entry]) => make.insert(range, key, value, test, [entry]),
  'optMap:2': (make, target, [variable, result]) =>
    make.ifPresent(target, make.call('optional.of', [make.bind(variable, target, result, 'optMap')])),
  'optFlatMap:2': (make, target, [variable, result]) =>
    make.ifPresent(target, make.bind(variable, target, result, 'optFlatMap')),
  'sortBy:2': (make, target, [variable, key]) => make.sortBy(target, variable, key),
};

type Names = readonly [string, string?];

/** Makes nodes at the place of a macro. */
class Maker {
  readonly #at: number;

  constructor({ at }: CallExpr) {
    this.#at = at;
  }

  simpleName(expr: Expr | undefined): string {
    return this.#nameOf(expr, 'argument must be a simple name');
  }

  name(expr: Expr | undefined): string {
    return this.#nameOf(expr, 'argument is not an identifier');
  }

  pairName(expr: Expr | undefined): string {
    return this.#nameOf(expr, 'argument must be a simple name');
  }

  all(range: Expr, names: Names, test: Expr | undefined): Expr {
    const condition = this.call('@not_strictly_false', [this.#accumulator()]);
    return this.#fold(
      range,
      names,
      this.#literal(true),
      condition,
      this.call('_&&_', [this.#accumulator(), given(test)]),
    );
  }

  exists(range: Expr, names: Names, test: Expr | undefined): Expr {
    const condition = this.call('@not_strictly_false', [this.call('!_', [this.#accumulator()])]);
    return this.#fold(
      range,
      names,
      this.#literal(false),
      condition,
      this.call('_||_', [this.#accumulator(), given(test)]),
    );
  }

  existsOne(range: Expr, names: Names, test: Expr | undefined): Expr {
    const more = this.call('_+_', [this.#accumulator(), this.#literal(1n)]);
    const step = this.call('_?_:_', [given(test), more, this.#accumulator()]);
    const one = this.call('_==_', [this.#accumulator(), this.#literal(1n)]);
    return { ...this.#fold(range, names, this.#literal(0n), this.#literal(true), step), result: one };
  }

  collect(range: Expr, names: Names, test: Expr | undefined, item: Expr | undefined): Expr {
    const more = this.call('_+_', [this.#accumulator(), this.#list([given(item)])]);
    return this.#fold(range, names, this.#list([]), this.#literal(true), this.#when(test, more));
  }

  insert(
    range: Expr,
    key: Expr | undefined,
    value: Expr | undefined,
    test: Expr | undefined,
    added: readonly (Expr | undefined)[],
  ): Expr {
    const more = this.call('cel.@mapInsert', [this.#accumulator(), ...added.map(given)]);
    const empty: Expr = { kind: 'map', entries: [], at: this.#at };
    const names: Names = [this.pairName(key), this.pairName(value)];
    return this.#fold(range, names, empty, this.#literal(true), this.#when(test, more));
  }

  ifPresent(target: Expr, then: Expr): Expr {
    return this.call('_?_:_', [this.#method('hasValue', target), then, this.call('optional.none', [])]);
  }

  bind(variable: Expr | undefined, target: Expr, result: Expr | undefined, macro: string): Expr {
    const name = this.#nameOf(variable, `${macro}() variable name must be a simple identifier`);
    return this.#binding(name, this.#method('value', target), given(result));
  }

  sortBy(target: Expr, variable: Expr | undefined, key: Expr | undefined): Expr {
    const bound = '@__sortBy_input__';
    const input: Expr = { kind: 'ident', name: bound, at: this.#at };
    const keys = this.collect(input, [this.name(variable)], undefined, key);
    const sorted: Expr = { kind: 'call', name: '@sortByAssociatedKeys', target: input, args: [keys], at: this.#at };
    return this.#binding(bound, target, sorted);
  }

  call(name: string, args: readonly Expr[]): Expr {
    return { kind: 'call', name, target: undefined, args, at: this.#at };
  }

  #binding(name: string, init: Expr, result: Expr): Expr {
    const step: Expr = { kind: 'ident', name, at: this.#at };
    const fold = this.#fold(this.#list([]), ['#unused'], init, this.#literal(false), step);
    return { ...fold, accumulator: name, result };
  }

  #when(test: Expr | undefined, step: Expr): Expr {
    return test ? this.call('_?_:_', [test, step, this.#accumulator()]) : step;
  }

  #fold(range: Expr, [variable, second]: Names, init: Expr, condition: Expr, step: Expr): ComprehensionExpr {
    const shared = {
      kind: 'comprehension',
      range,
      variable,
      second,
      accumulator: accumulatorName,
      at: this.#at,
    } as const;
    return { ...shared, init, condition, step, result: this.#accumulator() };
  }

  #method(name: string, target: Expr): Expr {
    return { kind: 'call', name, target, args: [], at: this.#at };
  }

  #accumulator(): Expr {
    return { kind: 'ident', name: accumulatorName, at: this.#at };
  }

  #literal(value: unknown): Expr {
    return { kind: 'literal', value, at: this.#at };
  }

  #list(elements: readonly Expr[]): Expr {
    return { kind: 'list', elements, optional: new Set(), at: this.#at };
  }

  #nameOf(expr: Expr | undefined, message: string): string {
    if (expr?.kind !== 'ident') throw new SyntaxFault(message, expr?.at ?? this.#at);
    return expr.name;
  }
}

function given(expr: Expr | undefined): Expr {
  if (!expr) throw new Error('a macro got fewer arguments than its name says');
  return expr;
}
