import type { Schema } from '@pullpath/api';
import { schemaOfMessage } from '../builtin/schema-of-message.ts';

/** Structure of `autoscaling/v1` Scale. */
export const scaleSchema: Schema = {
  type: 'object',
  description: 'How many replicas an object wants and has.',
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: schemaOfMessage('meta.ObjectMeta'),
    spec: { type: 'object', properties: { replicas: { type: 'integer', format: 'int32' } } },
    status: {
      type: 'object',
      properties: { replicas: { type: 'integer', format: 'int32' }, selector: { type: 'string' } },
    },
  },
};
