import type { Schema } from '../schema/schema.ts';
import { listOf, mapOf, object, text } from './fields.ts';

/** `metav1.LabelSelector`. */
export function labelSelector(description: string): Schema {
  return object(
    { matchLabels, matchExpressions: listOf(requirement, 'Further conditions; all must hold.') },
    description,
    {
      mapType: 'atomic',
    },
  );
}

const matchLabels = mapOf(text('Value that the label must have.'), 'Labels that an object must carry.');

const requirement = object(
  {
    key: text('Label that is looked at.'),
    operator: text('In, NotIn, Exists or DoesNotExist.'),
    values: listOf(text('Value to compare with.'), 'Values for In and NotIn; empty for the others.'),
  },
  'One condition on a label.',
  { required: ['key', 'operator'] },
);

const referenceFields = {
  apiVersion: text('API version of the object.'),
  kind: text('Kind of the object.'),
  namespace: text('Namespace of the object.'),
  name: text('Name of the object.'),
  uid: text('Identity of the object.'),
  resourceVersion: text('Version of the object that is meant.'),
  fieldPath: text('Part of the object that is meant.'),
} as const satisfies Record<string, Schema>;

/** `corev1.ObjectReference`, with further fields where a kind embeds it. */
export function objectReference(description: string, further: Readonly<Record<string, Schema>> = {}): Schema {
  return object({ ...referenceFields, ...further }, description, { mapType: 'atomic' });
}
