import type { ResourceDefinition } from '../../resources/resource.ts';
import { metadataOf, withMetadata } from '../../rest/metadata.ts';
import { dnsLabelFaults, qualifiedNameFaults } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, nameColumn, textColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt, textAt, textsAt } from '../read.ts';
import { invalid, invalidEach } from '../validation/faults.ts';

/** Core `v1` Namespace: it holds `spec.finalizers` until its content is gone. */
export const namespaceKind: ResourceDefinition = defineBuiltin({
  group: '',
  kind: 'Namespace',
  resource: 'namespaces',
  message: 'core.Namespace',
  description: 'A scope for names and for access.',
  namespaced: false,
  shortNames: ['ns'],
  statusSubresource: true,
  nameFaults: dnsLabelFaults,
  columns: [nameColumn, textColumn('Status', 'Phase of the namespace', phaseOf), ageColumn],
  defaults: (object) => ({ ...labelled(object), status: { phase: 'Active', ...mapAt(object, 'status') } }),
  prepareCreate: (object) => {
    const finalizers = textsAt(object, 'spec', 'finalizers');
    const all = finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'];
    return { ...object, spec: { finalizers: all }, status: { phase: 'Active' } };
  },
  prepareUpdate: (object, old) => ({ ...object, spec: old['spec'] }),
  faults: (object) => textsAt(object, 'spec', 'finalizers').flatMap(finalizerFaults),
  strategy: {
    selectableFields: { 'status.phase': phaseOf, name: (object) => metadataOf(object).name ?? '' },
    subresources: { finalize: (object, old) => ({ ...old, spec: object['spec'] ?? {} }) },
    beginDeletion: (object) => ({ ...object, status: { ...mapAt(object, 'status'), phase: 'Terminating' } }),
    answersDeleted: true,
    isRetained: (object) => textsAt(object, 'spec', 'finalizers').length > 0,
  },
});

function phaseOf(object: StoredObject): string {
  return textAt(object, 'status', 'phase');
}

function labelled(object: StoredObject): StoredObject {
  const { name, labels } = metadataOf(object);
  return name ? withMetadata(object, { labels: { ...labels, 'kubernetes.io/metadata.name': name } }) : object;
}

function finalizerFaults(name: string): FieldFault[] {
  const field = 'spec.finalizers';
  const faults = invalidEach(field, name, qualifiedNameFaults(name));
  if (faults.length > 0 || name.includes('/') || name === 'kubernetes' || name === 'orphan') return faults;
  return [invalid(field, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}
