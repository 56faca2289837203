import { fromObject } from '@pullpath/api';
import { type MirrorRule, parseMirrorConfigMap } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface Input {
  readonly ref: string;
  readonly configMap: { readonly metadata: Record<string, string>; readonly data?: Record<string, string> } | null;
}

interface Expectation {
  readonly error?: boolean;
  readonly errorReason?: string;
  readonly errorKey?: string;
}

export const mirrorConfigmapParse: Area = {
  '': ({ ref, configMap }: Input, expected: Expectation) => {
    const located = configMap ? fromObject({ apiVersion: 'v1', kind: 'ConfigMap', ...configMap }) : undefined;
    const hostedCluster = fromObject({
      apiVersion: 'hypershift.openshift.io/v1beta1',
      kind: 'HostedCluster',
      metadata: {},
    });
    const origin = { of: hostedCluster, path: ['spec', 'imageMirrorConfigRef', 'name'] };
    const parsed = parseMirrorConfigMap(located, { name: ref, origin });
    if (parsed.reason === undefined) return { idms: rulesOf(parsed.idms), itms: rulesOf(parsed.itms) };
    // A case names the reason or the key only where upstream does.
    return {
      error: true,
      errorReason: expected.errorReason === undefined ? undefined : parsed.reason,
      errorKey: expected.errorKey === undefined ? undefined : parsed.key,
    };
  },
};

function rulesOf(rules: readonly MirrorRule[] | undefined): unknown {
  return rules?.map(({ source, mirrors, policy }) => ({ source, mirrors, mirrorSourcePolicy: policy })) ?? null;
}
