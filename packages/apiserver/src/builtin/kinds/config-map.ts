import type { ResourceDefinition } from '../../resources/resource.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, nameColumn, textColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt } from '../read.ts';
import { bytesOf, keysFaults, largestData, sealedFaults } from '../validation/data-maps.ts';
import { invalid, tooLong } from '../validation/faults.ts';

/** Core `v1` ConfigMap. */
export const configMapKind: ResourceDefinition = defineBuiltin({
  group: '',
  kind: 'ConfigMap',
  resource: 'configmaps',
  message: 'core.ConfigMap',
  description: 'Texts and bytes by key, for pods to consume.',
  namespaced: true,
  shortNames: ['cm'],
  columns: [nameColumn, textColumn('Data', 'Number of keys', countOf), ageColumn],
  faults,
  updateFirst: true,
  updateFaults: (object, old) => sealedFaults(object, old, ['data', 'binaryData']),
});

function countOf(object: StoredObject): number {
  return Object.keys(mapAt(object, 'data')).length + Object.keys(mapAt(object, 'binaryData')).length;
}

function faults(object: StoredObject): FieldFault[] {
  const [data, binaryData] = [mapAt(object, 'data'), mapAt(object, 'binaryData')];
  const both = Object.keys(data).filter((key) => Object.hasOwn(binaryData, key));
  const size = Object.values(data).reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), 0);
  return [
    ...keysFaults('data', data),
    ...both.map((key) => invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')),
    ...keysFaults('binaryData', binaryData),
    ...(size + bytesOf(binaryData) > largestData ? [tooLong('[]', largestData)] : []),
  ];
}
