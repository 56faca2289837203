import { findKind, formatFieldError, validate } from '@pullpath/api';
import type { Area } from './run-vectors.ts';

interface Input {
  readonly imageTagMirrorSet: unknown;
}

interface Expected {
  readonly valid: boolean;
  readonly messageContains?: string;
}

/** Admission of `spec.imageTagMirrorSet` of a HostedCluster. The wording is ours where it names the same fault. */
export const imageTagMirrorSetValidation: Area = {
  '': ({ imageTagMirrorSet }: Input, expected: Expected): Expected => {
    const messages = faultsOf(imageTagMirrorSet);
    const named = messages.find((message) => message.includes(expected.messageContains ?? ''));
    const shown = named === undefined ? messages.join('; ') : expected.messageContains;
    return { valid: messages.length === 0, ...(shown !== undefined && shown !== '' && { messageContains: shown }) };
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
