import { isScalar, type Node } from 'yaml';
import { formatGoFloat32 } from './go-number.ts';
import { resolveScalar, shortTag } from './scalar.ts';

/** The JSON name of a key, as `sigs.k8s.io/yaml` gives it: `1` is "1", `on` is "true", `4.10` is "4.1"; undefined for null and collections. */
export function keyText(key: Node): string | undefined {
  if (!isScalar(key)) return undefined;
  const meaning = resolveScalar(String(key.value), key.tag, key.type === 'PLAIN');
  if ('fault' in meaning || meaning.value === null) return undefined;
  if (meaning.float && typeof meaning.value === 'number') return formatGoFloat32(meaning.value);
  return meaning.exact ?? String(meaning.value);
}

/** An unquoted `<<`, or one tagged `!!merge`. */
export function isMergeKey(key: Node): boolean {
  if (!isScalar(key) || key.value !== '<<') return false;
  return key.tag === undefined ? key.type === 'PLAIN' : shortTag(key.tag) === '!!merge';
}
