import { bytesFaults } from './bytes.ts';
import { flag, mapOf, text } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';

/** Core `v1` Secret. */
export const secret: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  scope: 'Namespaced',
  schema: resource('Confidential bytes by key.', {
    data: mapOf(text('The bytes, in base64.'), 'Bytes by key.', { nullable: true }),
    stringData: mapOf(text('The text.'), 'Texts by key; the server moves them to `data`.', { nullable: true }),
    type: text('What the secret holds, such as kubernetes.io/dockerconfigjson for a pull secret.'),
    immutable: flag('The data can no longer be changed.', { nullable: true }),
  }),
  check: bytesFaults('data', 'must be base64; a text as it is belongs in stringData'),
};
