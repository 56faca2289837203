import { listAt, textAt, textsAt, valueAt } from '../../builtin/read.ts';
import { type Labels, selectorMatches } from '../../builtin/selectors.ts';
import type { ClusterReader } from '../../rest/cluster-reader.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { Attributes } from '../../rest/write.ts';
import type { StoredObject } from '../../store/record.ts';

/** Whether a write is one of those that `matchConstraints` or `matchResources` describe; absent ones describe all. */
export function matchesResources(reader: ClusterReader, match: unknown, attributes: Attributes): boolean {
  if (match === undefined) return true;
  const rules = listAt(match, 'resourceRules');
  return (
    namespaceMatches(reader, valueAt(match, 'namespaceSelector'), attributes) &&
    objectMatches(valueAt(match, 'objectSelector'), attributes) &&
    !listAt(match, 'excludeResourceRules').some((rule) => ruleMatches(rule, attributes)) &&
    (rules.length === 0 || rules.some((rule) => ruleMatches(rule, attributes)))
  );
}

function ruleMatches(rule: unknown, { operation, resource, address, subresource }: Attributes): boolean {
  const names = textsAt(rule, 'resourceNames');
  const scope = textAt(rule, 'scope') || '*';
  return (
    has(rule, 'operations', operation) &&
    has(rule, 'apiGroups', resource.group) &&
    has(rule, 'apiVersions', resource.version) &&
    (scope === '*' || (scope === 'Namespaced') === resource.namespaced) &&
    textsAt(rule, 'resources').some((pattern) => resourceMatches(pattern, resource.resource, subresource)) &&
    (names.length === 0 || names.includes(address.name))
  );
}

function has(rule: unknown, member: string, value: string): boolean {
  const values = textsAt(rule, member);
  return values.includes('*') || values.includes(value);
}

/** `pods`, `pods/status`, `pods/*`, `*` (no subresources), `*\/scale`, `*\/*`. */
function resourceMatches(pattern: string, resource: string, subresource: string): boolean {
  const [wanted = '', part = ''] = pattern.split('/');
  if (wanted !== '*' && wanted !== resource) return false;
  return part === subresource || (part === '*' && pattern.includes('/'));
}

function namespaceMatches(reader: ClusterReader, selector: unknown, attributes: Attributes): boolean {
  if (selector === undefined || isEmpty(selector)) return true;
  const { resource, address, object, oldObject } = attributes;
  const isNamespace = resource.group === '' && resource.resource === 'namespaces';
  if (isNamespace) return selectorMatches(selector, labelsOf(object ?? oldObject));
  if (address.namespace === '') return true;
  return selectorMatches(selector, labelsOf(reader.get({ group: '', resource: 'namespaces' }, '', address.namespace)));
}

// An object that an update takes out of the selection is still checked once.
function objectMatches(selector: unknown, { object, oldObject }: Attributes): boolean {
  if (selector === undefined || isEmpty(selector)) return true;
  return [object, oldObject].some((candidate) => candidate && selectorMatches(selector, labelsOf(candidate)));
}

function isEmpty(selector: unknown): boolean {
  return Object.keys(selector as object).length === 0;
}

function labelsOf(object: StoredObject | undefined): Labels {
  return object ? (metadataOf(object).labels ?? {}) : {};
}
