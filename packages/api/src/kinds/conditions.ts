import type { Schema } from '../schema/schema.ts';
import { listOf, object, oneOf, text, whole } from './fields.ts';

/** `[]metav1.Condition`: one condition of a type. */
export function conditions(description: string, keywords: Pick<Schema, 'minItems' | 'maxItems'> = {}): Schema {
  return listOf(condition, description, { listType: 'map', listMapKeys: ['type'], ...keywords });
}

const condition = object(
  {
    type: text('What is observed, in CamelCase.', {
      maxLength: 316,
      pattern:
        '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
    }),
    status: oneOf(['True', 'False', 'Unknown'], 'Whether it holds.'),
    reason: text('Why, as one CamelCase word for programs.', {
      minLength: 1,
      maxLength: 1024,
      pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
    }),
    message: text('Why, for people.', { maxLength: 32768 }),
    lastTransitionTime: text('When the status last changed.', { format: 'date-time' }),
    observedGeneration: whole('int64', 'Generation of the object that this was said of.', { minimum: 0 }),
  },
  'One observed aspect of the object.',
  { required: ['lastTransitionTime', 'message', 'reason', 'status', 'type'] },
);

/** The older list of the machine-config kinds: every field optional, the whole list replaced at once. */
export function looseConditions(description: string): Schema {
  return listOf(looseCondition, description);
}

const looseCondition = object(
  {
    type: text('What is observed.'),
    status: text('True, False or Unknown.'),
    reason: text('Why, as one word.'),
    message: text('Why, for people.'),
    lastTransitionTime: text('When the status last changed.', { format: 'date-time', nullable: true }),
  },
  'One observed aspect of the object.',
);
