import { fromObject, type LocatedObject } from '@pullpath/api';
import { detectManagementMirrors } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

type Rules = Readonly<Record<string, unknown>> & { readonly name: string };

interface Input {
  readonly idms?: readonly Rules[];
  readonly itms?: readonly Rules[];
  readonly icsp?: readonly Rules[];
  readonly capabilities: { readonly idms: boolean; readonly itms: boolean; readonly icsp: boolean };
  readonly operatorRegistryOverrides?: unknown;
}

export const mgmtMirrorDetection: Area = {
  '': (input: Input, expected: { overrides: unknown }) => {
    const objects = [
      ...objectsOf(input.idms, 'config.openshift.io/v1', 'ImageDigestMirrorSet'),
      ...objectsOf(input.itms, 'config.openshift.io/v1', 'ImageTagMirrorSet'),
      ...objectsOf(input.icsp, 'operator.openshift.io/v1alpha1', 'ImageContentSourcePolicy'),
    ];
    const hasCapability = Object.values(input.capabilities).some(Boolean);
    const overrides = Object.fromEntries(detectManagementMirrors(objects, input.capabilities));
    return {
      overrides: expected.overrides === null && !hasCapability ? null : overrides,
      // The flag channel is a separate input of every lookup; nothing here touches it.
      operatorRegistryOverrides: input.operatorRegistryOverrides,
    };
  },
};

function objectsOf(list: readonly Rules[] | undefined, apiVersion: string, kind: string): readonly LocatedObject[] {
  return (list ?? []).map(({ name, ...spec }) => fromObject({ apiVersion, kind, metadata: { name }, spec }));
}
