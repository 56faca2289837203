import { foldName } from '../fold-name.ts';
import type { JsonNode } from '../json-text.ts';
import { isNull, type PolicyFaults } from './strict-object.ts';

/**
 * The `type` of a requirement or match, empty where none is given. Looked up before the strict reading, and therefore by
 * Go's lax rules: the name in any case, the last one that is not null counts. Undefined after a fault.
 */
export function readTypeName(node: JsonNode, faults: PolicyFaults): string | undefined {
  if (isNull(node)) return '';
  if (node.kind !== 'object') {
    faults.push({ code: 'json-type', message: 'a JSON object is expected here', place: node });
    return undefined;
  }
  const types = node.members.filter(({ key, value }) => foldName(key) === 'type' && !isNull(value));
  const wrong = types.find(({ value }) => value.kind !== 'string');
  if (wrong) {
    faults.push({ code: 'json-type', message: '"type" is not a string', place: wrong.value });
    return undefined;
  }
  const last = types.at(-1)?.value;
  return last?.kind === 'string' ? last.value : '';
}
