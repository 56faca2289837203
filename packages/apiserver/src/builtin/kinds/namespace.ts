import type { ResourceDefinition } from '../../resources/resource.ts';
import { metadataOf, withMetadata } from '../../rest/metadata.ts';
import { dnsLabelFaults, qualifiedNameFaults } from '../../rest/name-grammar.ts';
import { objectMetaFaults, objectMetaUpdateFaults, plainFinalizerFaults } from '../../rest/object-meta.ts';
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
  columns: [nameColumn, textColumn('Status', 'Phase of the namespace', phaseOf), ageColumn],
  defaults: (object) => ({ ...labelled(object), status: { phase: 'Active', ...mapAt(object, 'status') } }),
  prepareUpdate: (object, old) => ({ ...object, spec: old['spec'] }),
  strategy: {
    selectableFields: { 'status.phase': phaseOf, name: (object) => metadataOf(object).name ?? '' },
    validateCreate: (object) => [
      ...objectMetaFaults(object, dnsLabelFaults),
      ...plainFinalizerFaults(object),
      ...textsAt(object, 'spec', 'finalizers').flatMap((name) => finalizerFaults(name, 'spec.finalizers')),
    ],
    validateUpdate: (object, _old, subresource) => [
      ...objectMetaUpdateFaults(object),
      ...(subresource === 'finalize' ? finalizersFaults(object) : []),
      ...(subresource === 'status' ? phaseFaults(object) : []),
    ],
    subresources: { finalize: (object, old) => ({ ...object, status: old['status'] }) },
    admitted: (object) => ({ ...labelled(object), spec: { finalizers: initialFinalizers(object) } }),
    // A namespace takes as long as its content; no period is promised.
    beginDeletion: (object) => ({
      ...withMetadata(object, { deletionGracePeriodSeconds: undefined }),
      status: { ...mapAt(object, 'status'), phase: 'Terminating' },
    }),
    answersDeleted: true,
    isRetained: (object) => textsAt(object, 'spec', 'finalizers').length > 0,
  },
});

function initialFinalizers(object: StoredObject): readonly string[] {
  const finalizers = textsAt(object, 'spec', 'finalizers');
  return finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'];
}

function finalizersFaults(object: StoredObject): FieldFault[] {
  const names = textsAt(object, 'spec', 'finalizers');
  return names.flatMap((name, index) => finalizerFaults(name, `spec.finalizers[${index}]`));
}

function phaseFaults(object: StoredObject): FieldFault[] {
  const phase = phaseOf(object);
  const isGoing = metadataOf(object).deletionTimestamp !== undefined;
  const [wanted, when] = isGoing ? ['Terminating', 'is not empty'] : ['Active', 'is empty'];
  if (phase === wanted) return [];
  return [invalid('status.Phase', phase, `may only be '${wanted}' if \`deletionTimestamp\` ${when}`)];
}

function phaseOf(object: StoredObject): string {
  return textAt(object, 'status', 'phase');
}

function labelled(object: StoredObject): StoredObject {
  const { name, labels } = metadataOf(object);
  return name ? withMetadata(object, { labels: { ...labels, 'kubernetes.io/metadata.name': name } }) : object;
}

function finalizerFaults(name: string, field: string): FieldFault[] {
  const faults = invalidEach(field, name, qualifiedNameFaults(name));
  if (faults.length > 0 || name.includes('/') || name === 'kubernetes' || name === 'orphan') return faults;
  return [invalid(field, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}
