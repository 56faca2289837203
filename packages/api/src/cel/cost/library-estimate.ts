import { isSameType } from '../types/type.ts';
import { type CallEstimate, type CallSizes, isListOfTexts, patternCost, type Sized, sizeOf } from './call-sizes.ts';
import { formatPatternSize, perCharacter, perPatternCharacter } from './factors.ts';
import { fixed, most, plus, type Range, scaled, times, unknown } from './range.ts';

/** Estimates of the functions of Kubernetes, and of those of CEL that it has its own estimates for (`library.CostEstimator`). */
export function libraryEstimate(call: CallSizes): CallEstimate | undefined {
  return accessors.has(call.name) ? { cost: fixed(1) } : estimates[call.name]?.(call);
}

const accessors = new Set(
  (
    'serviceAccount path group resource subresource namespace name allowed reason error errored masked prefixLength family ' +
    'isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast format.named sign asInteger isInteger ' +
    'asApproximateFloat isGreaterThan isLessThan compareTo add sub major minor patch getScheme getHostname getHost getPort ' +
    'getEscapedPath getQuery'
  ).split(' '),
);

type Estimator = (call: CallSizes) => CallEstimate | undefined;

const overList: Estimator = ({ target }) => {
  if (!target) return undefined;
  if (target.type.params.length === 0) return { cost: scaled(sizeOf(target), perCharacter) };
  const perItem = isListOfTexts(target) ? plus(fixed(1), scaled(target.item() ?? unknown, perCharacter)) : fixed(1);
  return { cost: times(sizeOf(target), perItem) };
};

const overTarget: Estimator = ({ target }) =>
  target && { cost: scaled(sizeOf(target), perCharacter), size: sizeOf(target) };

const overArgument: Estimator = ({ args: [first] }) => first && { cost: scaled(sizeOf(first), perCharacter) };

const search: Estimator = ({ target, args: [pattern] }) =>
  target &&
  pattern && { cost: patternCost(sizeOf(target), sizeOf(pattern)), size: { min: 0, max: sizeOf(target).max } };

const selector: Estimator = ({ args: [first] }) => {
  const length = sizeOf(first);
  return { cost: plus(fixed(10), scaled(length, perCharacter), scaled(scaled(length, 0.5), 50)) };
};

const estimates: Readonly<Record<string, Estimator>> = {
  check: () => ({ cost: fixed(350_000) }),
  fieldSelector: selector,
  labelSelector: selector,
  isSorted: overList,
  sum: overList,
  max: overList,
  min: overList,
  indexOf: overList,
  lastIndexOf: overList,
  url: ({ args: [first] }) => first && { cost: scaled(sizeOf(first), perCharacter), size: sizeOf(first) },
  lowerAscii: overTarget,
  upperAscii: overTarget,
  substring: overTarget,
  trim: overTarget,
  replace: ({ target, args: [from, to] }) =>
    target &&
    from &&
    to && {
      cost: scaled(sizeOf(target), 2 * perCharacter),
      size: replacedSize(sizeOf(target), sizeOf(from), sizeOf(to)),
    },
  split: ({ target, args }) =>
    target && {
      cost: scaled(sizeOf(target), 2 * perCharacter),
      size: { min: 0, max: partsOf(sizeOf(target), args[1]) },
    },
  join: ({ target, args: [separator] }) => (target ? joined(target, separator) : undefined),
  find: search,
  findAll: search,
  cidr: overArgument,
  isIP: overArgument,
  isCIDR: overArgument,
  quantity: overArgument,
  isQuantity: overArgument,
  semver: overArgument,
  isSemver: overArgument,
  ip: (call) => (call.id === 'cidr_ip' ? { cost: fixed(1) } : overArgument(call)),
  'ip.isCanonical': ({ args: [first] }) => ({ cost: scaled(sizeOf(first), 2 * perCharacter) }),
  containsIP: ({ id, args: [first] }) => ({ cost: plus(scaled(twice(address), perCharacter), parsed(id, first)) }),
  containsCIDR: ({ id, args: [first] }) => ({
    cost: plus(scaled(twice(address), perCharacter), scaled(address, perCharacter), fixed(1), parsed(id, first)),
  }),
  validate: ({ args: [first] }) => ({
    cost: scaled(scaled(sizeOf(first), perCharacter), formatPatternSize * perPatternCharacter),
  }),
  '_==_': ({ args }) => equality(args),
};

/** Bytes of an address. */
const address: Range = { min: 4, max: 16 };

function twice(size: Range): Range {
  return plus(size, size);
}

/** An address given as text is read first. */
function parsed(id: string, text: Sized | undefined): Range {
  return id.endsWith('_string') ? scaled(sizeOf(text), perCharacter) : fixed(0);
}

function replacedSize(text: Range, from: Range, to: Range): Range {
  const longest = extreme(text.max, from.min, to.max <= from.min);
  const shortest = extreme(text.min, from.max, from.max <= to.min);
  const count: Range = { min: shortest.count, max: longest.count };
  return plus(times(count, to), { min: shortest.kept, max: longest.kept });
}

/** How often something is replaced and how much of the text is counted as kept. */
function extreme(text: number, from: number, keeps: boolean): { count: number; kept: number } {
  if (from === 0) return { count: Math.min(most, text + 1), kept: text };
  return keeps ? { count: 0, kept: text } : { count: Math.ceil(text / from), kept: 0 };
}

function partsOf(text: Range, limit: Sized | undefined): number {
  const value = limit?.expr?.kind === 'literal' ? limit.expr.value : undefined;
  if (typeof value !== 'bigint') return text.max;
  return value < 0n ? most + Number(value) : Number(value);
}

function joined(list: Sized, separator: Sized | undefined): CallEstimate {
  const count = sizeOf(list);
  const items = list.type.params.length > 0 ? times(count, list.item() ?? unknown) : fixed(0);
  const between: Range = { min: Math.max(0, count.min - 1), max: Math.max(0, count.max - 1) };
  const size = separator ? plus(items, times(sizeOf(separator), between)) : items;
  return { cost: scaled(size, perCharacter), size };
}

function equality([left, right]: readonly Sized[]): CallEstimate | undefined {
  if (!left || !right || !isSameType(left.type, right.type)) return undefined;
  const { kind, name } = left.type;
  if (kind === 'opaque') return name.startsWith('net.') ? { cost: fixed(1) } : undefined;
  if (kind !== 'struct') return undefined;
  if (name === 'kubernetes.NamedFormat') return { cost: scaled({ min: 1, max: 64 }, perCharacter) };
  if (name === 'kubernetes.URL') return { cost: scaled({ min: 1, max: right.size?.max ?? 1 }, perCharacter) };
  return name.startsWith('kubernetes.') ? { cost: fixed(1) } : undefined;
}
