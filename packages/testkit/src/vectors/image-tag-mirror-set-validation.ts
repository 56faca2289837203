import { findKind, formatFieldError, validate } from '@pullpath/api';
import { type Area, type Judged, judged } from './run-vectors.ts';

interface Input {
  readonly imageTagMirrorSet: unknown;
}

interface Expected {
  readonly valid: boolean;
  readonly messageContains?: string;
}

/** Admission of `spec.imageTagMirrorSet` of a HostedCluster. */
export const imageTagMirrorSetValidation: Area = {
  '': ({ imageTagMirrorSet }: Input, { valid, messageContains = '' }: Expected): Judged => {
    const messages = faultsOf(imageTagMirrorSet);
    if (valid) return judged(messages.length === 0, `expected no fault, got ${messages.join('; ')}`);
    const named = messages.some((message) => message.includes(messageContains));
    return judged(named, `expected a fault with ${messageContains}, got ${messages.join('; ') || 'none'}`);
  },
};

function faultsOf(imageTagMirrorSet: unknown): string[] {
  const definition = findKind('hypershift.openshift.io/v1beta1', 'HostedCluster');
  if (!definition) throw new Error('HostedCluster is no known kind');
  const object = {
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'HostedCluster',
    metadata: { name: 'example', namespace: 'clusters' },
    spec: { imageTagMirrorSet },
  };
  return [...validate(definition.schema, object), ...(definition.check?.(object) ?? [])].map(formatFieldError);
}
