import { type CallEstimate, type CallSizes, patternCost, type Sized, sizeOf } from './call-sizes.ts';
import { perCharacter, perListMade } from './factors.ts';
import { libraryEstimate } from './library-estimate.ts';
import { fixed, most, plus, type Range, scaled, times, union } from './range.ts';

/** What a call costs with its arguments (cel-go `coster.functionCost`, before it the estimates of extensions and of Kubernetes). */
export function callEstimate(call: CallSizes): CallEstimate {
  const own = extensionEstimate(call) ?? libraryEstimate(call) ?? standardEstimate(call);
  if (own) return { ...own, cost: plus(own.cost, ...call.argCosts) };
  return logicalEstimate(call) ?? { cost: plus(fixed(1), ...call.argCosts) };
}

function extensionEstimate({ id, target, args }: CallSizes): CallEstimate | undefined {
  const [first, second] = args;
  if (id.startsWith('list_sets_')) {
    return { cost: plus(fixed(1), scaled(times(sizeOf(first), sizeOf(second)), id.includes('equivalent') ? 2 : 1)) };
  }
  if (id === 'list_slice')
    return listMade(1, fixed(Math.max(0, wholeOf(second, sizeOf(target).max) - wholeOf(first, 0))));
  if (id === 'lists_range') return listMade(1, fixed(wholeOf(first, most)));
  if (id === 'list_reverse') return listMade(1, sizeOf(target));
  if (id === 'list_flatten') return listMade(1, sizeOf(target));
  if (id === 'list_flatten_int') return listMade(wholeOf(first, most), sizeOf(target));
  if (id === 'list_distinct') return listMade(2, times(sizeOf(target), sizeOf(target)));
  const sorted = /^list_(.*)_(sort|sortByAssociatedKeys)$/.exec(id);
  if (!sorted) return undefined;
  const keys = sizeOf(sorted[2] === 'sort' ? target : first);
  return listMade(sorted[1] === 'string' || sorted[1] === 'bytes' ? 2 + perCharacter : 2, times(keys, keys));
}

function wholeOf(sized: Sized | undefined, otherwise: number): number {
  const literal = sized?.expr;
  if (literal?.kind !== 'literal' || typeof literal.value !== 'bigint') return otherwise;
  return literal.value < 0n ? 0 : Number(literal.value);
}

function listMade(perItem: number, size: Range): CallEstimate {
  return { cost: plus(scaled(size, perItem), fixed(1 + perListMade)), size };
}

function standardEstimate({ id, target, args }: CallSizes): CallEstimate | undefined {
  const [first, second] = args;
  const size = sizeOf(first);
  switch (id) {
    case 'string_format':
      return target && { cost: scaled(sizeOf(target), perCharacter) };
    case 'string_to_bytes':
      return { cost: scaled(size, perCharacter), size: { min: size.min, max: size.max * 4 } };
    case 'bytes_to_string':
      return { cost: scaled(size, perCharacter), size: { min: Math.floor(size.min / 4), max: size.max } };
    case 'strings_quote':
      return { cost: scaled(size, perCharacter), size: { min: size.min + 2, max: size.max * 2 + 2 } };
    case 'starts_with_string':
    case 'ends_with_string':
      return { cost: scaled(size, perCharacter) };
    case 'in_list':
      return { cost: sizeOf(second) };
    case 'matches_string':
      return target && { cost: patternCost(sizeOf(target), size) };
    case 'contains_string':
      return { cost: times(scaled(sizeOf(target), perCharacter), scaled(size, perCharacter)) };
    case 'add_list':
      return { cost: fixed(1), size: plus(size, sizeOf(second)) };
    case 'add_string':
    case 'add_bytes':
      return { cost: scaled(plus(size, sizeOf(second)), perCharacter), size: plus(size, sizeOf(second)) };
    default:
      return comparesLengths(id) ? { cost: comparison(size, sizeOf(second)) } : undefined;
  }
}

function comparesLengths(id: string): boolean {
  return id === 'equals' || id === 'not_equals' || /^(less|greater)(_equals)?_(string|bytes)$/.test(id);
}

function comparison(left: Range, right: Range): Range {
  const max = Math.min(left.max, right.max);
  return scaled({ min: max > 0 ? 1 : 0, max }, perCharacter);
}

function logicalEstimate({ id, args, argCosts }: CallSizes): CallEstimate | undefined {
  const [first = fixed(0), second = fixed(0), third = fixed(0)] = argCosts;
  if (id === 'logical_or' || id === 'logical_and') return { cost: { min: first.min, max: plus(first, second).max } };
  if (id !== 'conditional') return undefined;
  return { cost: plus(first, union(second, third)), size: union(sizeOf(args[1]), sizeOf(args[2])) };
}
