import { lengthOf, sizeOfValue } from '../run/size.ts';
import { isLibraryValue } from '../run/values.ts';
import { formatPatternSize, perCharacter, perListMade, perPatternCharacter } from './factors.ts';

/** What a call costs with these values (cel-go `CostTracker.costCall`, Kubernetes `library.CallCost`). */
export function callCost(name: string, id: string, args: readonly unknown[], result: unknown): number {
  return extensionCost(id, args, result) ?? libraryCosts[name]?.(args, id, result) ?? standardCost(id, args);
}

function scaled(size: number, factor: number): number {
  return Math.ceil(size * factor);
}

function extensionCost(id: string, args: readonly unknown[], result: unknown): number | undefined {
  const [first, second] = args.map(sizeOfValue);
  if (id.startsWith('list_sets_'))
    return 1 + Math.trunc((first ?? 0) * (second ?? 0) * (id.includes('equivalent') ? 2 : 1));
  if (['list_slice', 'lists_range', 'list_reverse'].includes(id)) return listMade(sizeOfValue(result), 1);
  if (id === 'list_flatten') return listMade(first ?? 0, 1);
  if (id === 'list_flatten_int') return listMade(first ?? 0, Number(args[1]));
  if (id === 'list_distinct' || /^list_.*_sort$/.test(id)) return selfCompared(args[0]);
  return id.endsWith('_sortByAssociatedKeys') ? selfCompared(args[1]) : undefined;
}

function listMade(size: number, factor: number): number {
  return scaled(size, factor) + 1 + perListMade;
}

function selfCompared(list: unknown): number {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const isText = typeof items[0] === 'string' || items[0] instanceof Uint8Array;
  return listMade(items.length ** 2, isText ? 2 + perCharacter : 2);
}

type Cost = (args: readonly unknown[], id: string, result: unknown) => number | undefined;

const one: Cost = () => 1;
const firstOnce: Cost = ([first]) => scaled(sizeOfValue(first), perCharacter);
const firstTwice: Cost = ([first]) => scaled(sizeOfValue(first) * 2, perCharacter);
const traversal: Cost = ([first]) => traversed(first);
const search: Cost = ([text, pattern]) => patternCost(sizeOfValue(text), sizeOfValue(pattern));
const selector: Cost = ([, text]) => {
  const length = sizeOfValue(text);
  return perListMade + scaled(length, perCharacter) + scaled(scaled(length, 0.5), 50);
};
const network = (args: readonly unknown[], id: string): number =>
  scaled(2, perCharacter) + (id.endsWith('_string') ? scaled(sizeOfValue(args[1]), perCharacter) : 0);

const libraryCosts: Readonly<Record<string, Cost>> = {
  ...Object.fromEntries(
    (
      'serviceAccount path group resource subresource namespace name allowed reason error errored masked prefixLength family ' +
      'isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast format.named sign asInteger isInteger ' +
      'asApproximateFloat isGreaterThan isLessThan compareTo add sub major minor patch getScheme getHostname getHost getPort ' +
      'getEscapedPath getQuery'
    )
      .split(' ')
      .map((name) => [name, one] as const),
  ),
  check: () => 350_000,
  fieldSelector: selector,
  labelSelector: selector,
  isSorted: traversal,
  sum: traversal,
  max: traversal,
  min: traversal,
  indexOf: traversal,
  lastIndexOf: traversal,
  url: firstOnce,
  lowerAscii: firstOnce,
  upperAscii: firstOnce,
  substring: firstOnce,
  trim: firstOnce,
  replace: firstTwice,
  split: firstTwice,
  join: (_args, _id, result) => scaled(sizeOfValue(result) * 2, perCharacter),
  find: search,
  findAll: search,
  cidr: firstOnce,
  isIP: firstOnce,
  isCIDR: firstOnce,
  ip: (args, id, result) => (id === 'cidr_ip' ? 1 : firstOnce(args, id, result)),
  'ip.isCanonical': firstTwice,
  containsIP: network,
  containsCIDR: (args, id) => network(args, id) + scaled(1, perCharacter) + 1,
  quantity: firstOnce,
  isQuantity: firstOnce,
  semver: firstOnce,
  isSemver: firstOnce,
  validate: ([, text]) => scaled(1 + sizeOfValue(text), perCharacter) * scaled(formatPatternSize, perPatternCharacter),
  '_==_': ([left]) => (isLibraryValue(left) ? 1 : undefined),
};

function patternCost(text: number, pattern: number): number {
  return scaled(1 + text, perCharacter) * scaled(pattern, perPatternCharacter);
}

/** Of reading a value whole. */
function traversed(value: unknown): number {
  if (typeof value === 'string') return Math.trunc(new TextEncoder().encode(value).length * perCharacter);
  if (value instanceof Uint8Array) return Math.trunc(value.length * perCharacter);
  if (Array.isArray(value)) return value.reduce((total: number, item) => total + traversed(item), 0);
  if (!(value instanceof Map)) return 1;
  return [...value].reduce((total, [key, item]) => total + traversed(key) + traversed(item), 0);
}

function standardCost(id: string, args: readonly unknown[]): number {
  const [left, right] = args;
  switch (id) {
    case 'starts_with_string':
    case 'ends_with_string':
    case 'string_to_bytes':
    case 'bytes_to_string':
    case 'strings_quote':
    case 'string_format':
      return scaled(sizeOfValue(left), perCharacter);
    case 'in_list':
      return sizeOfValue(right);
    case 'add_string':
    case 'add_bytes':
      return scaled(sizeOfValue(left) + sizeOfValue(right), perCharacter);
    case 'matches_string':
      return patternCost(lengthOf(String(left)), lengthOf(String(right)));
    case 'contains_string':
      return scaled(sizeOfValue(left), perCharacter) * scaled(sizeOfValue(right), perCharacter);
    default:
      return comparesLengths(id) ? scaled(Math.min(sizeOfValue(left), sizeOfValue(right)), perCharacter) : 1;
  }
}

function comparesLengths(id: string): boolean {
  return id === 'equals' || id === 'not_equals' || /^(less|greater)(_equals)?_(string|bytes)$/.test(id);
}
