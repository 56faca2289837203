import { textAt, valueAt } from '../../builtin/read.ts';
import { selectorMatches } from '../../builtin/selectors.ts';
import { apiVersionOf, type ResourceDefinition } from '../../resources/resource.ts';
import type { ClusterReader } from '../../rest/cluster-reader.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { StoredObject } from '../../store/record.ts';

/** A binding that cannot be applied; the failure policy decides what that means. */
export class BindingFault extends Error {}

/**
 * The parameters that a binding gives its policy: the policy runs once for each, and once with none where it takes none. Throws
 * `BindingFault`. Source: Kubernetes `policy/generic.CollectParams`.
 */
export function paramsOf(
  reader: ClusterReader,
  resources: readonly ResourceDefinition[],
  policy: StoredObject,
  binding: StoredObject,
  namespace: string,
): readonly (StoredObject | undefined)[] {
  const [kind, ref] = [valueAt(policy, 'spec', 'paramKind'), valueAt(binding, 'spec', 'paramRef')];
  if (kind === undefined || ref === undefined) return [undefined];
  const resource = resources.find(
    (of) => apiVersionOf(of) === textAt(kind, 'apiVersion') && of.kind === textAt(kind, 'kind'),
  );
  if (!resource)
    throw new BindingFault(`paramKind kind \`${textAt(kind, 'apiVersion')}, Kind=${textAt(kind, 'kind')}\` not known`);
  const found = candidates(reader, resource, ref, namespaceOf(resource, ref, namespace));
  if (found.length > 0 || textAt(ref, 'parameterNotFoundAction') !== 'Deny') return found;
  throw new BindingFault('no params found for policy binding with `Deny` parameterNotFoundAction');
}

function namespaceOf({ namespaced }: ResourceDefinition, ref: unknown, namespace: string): string {
  const given = textAt(ref, 'namespace');
  if (!namespaced) {
    if (given === '') return '';
    throw new BindingFault('paramRef.namespace must not be provided for a cluster-scoped `paramKind`');
  }
  const chosen = given || namespace;
  if (chosen !== '') return chosen;
  throw new BindingFault('cannot use namespaced paramRef in policy binding that matches cluster-scoped resources');
}

function candidates(
  reader: ClusterReader,
  resource: ResourceDefinition,
  ref: unknown,
  namespace: string,
): readonly StoredObject[] {
  const name = textAt(ref, 'name');
  if (name === '') {
    const selector = valueAt(ref, 'selector');
    return reader
      .list(resource, namespace)
      .filter((object) => selectorMatches(selector, metadataOf(object).labels ?? {}));
  }
  const object = reader.get(resource, namespace, name);
  return object ? [object] : [];
}
