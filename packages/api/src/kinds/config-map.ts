import { bytesFaults } from './bytes.ts';
import { flag, mapOf, text } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';

/** Core `v1` ConfigMap. */
export const configMap: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  scope: 'Namespaced',
  schema: resource('Texts by key.', {
    data: mapOf(text('The text.'), 'Texts by key.', { nullable: true }),
    binaryData: mapOf(text('The bytes, in base64.'), 'Bytes by key.', { nullable: true }),
    immutable: flag('The data can no longer be changed.', { nullable: true }),
  }),
  check: bytesFaults('binaryData', 'must be base64; a text as it is belongs in data'),
};
