import type { Diagnostic } from '@pullpath/diagnostics';
import {
  isUpdatingConfig,
  rawConfig,
  reconciliationActivity,
  updatingConfig,
  validGeneratedPayload,
  validMachineConfig,
} from '@pullpath/pull-config';
import { vectorNow, withTimes } from './placeholders.ts';
import type { Area } from './run-vectors.ts';

interface Expected {
  readonly status?: string;
  readonly statusNot?: string;
  readonly messageContains?: string;
}

interface Found {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export const nodepoolConditions: Area = {
  validGeneratedPayload: (
    { tokenSecret }: { tokenSecret?: Partial<Record<'reason' | 'message', string>> | null },
    expected: Expected,
  ) => {
    const secret = tokenSecret ? { reason: '', message: '', reached: false, ...tokenSecret } : undefined;
    return asExpected(validGeneratedPayload({ secret }), expected);
  },
  updatingConfig: (
    input: { upgradeType: 'Replace' | 'InPlace'; machineSetFailed?: boolean; hashChanged: boolean },
    expected: Expected,
  ) =>
    asExpected(
      updatingConfig({
        upgradeType: input.upgradeType,
        target: 'target',
        isUpdating: input.hashChanged,
        progress: input.upgradeType === 'InPlace' ? 'true' : undefined,
        failure: input.machineSetFailed ? (expected.messageContains ?? 'false') : undefined,
      }),
      expected,
    ),
  isUpdatingConfig: ({ annotation, target }: { annotation?: string | null; target: string }) =>
    isUpdatingConfig(annotation ?? undefined, target),
  reconciliationActive: (input: { pausedUntil?: string | null; generation: number }, expected: Expected) => {
    const { condition } = reconciliationActivity(withTimes(input.pausedUntil), vectorNow, input.generation);
    return asExpected(condition, expected);
  },
  validMachineConfig: (
    {
      nodePoolConfigRefs,
      userConfigMaps,
    }: { nodePoolConfigRefs: string[]; userConfigMaps: { name: string; data: Record<string, string> }[] },
    expected: Expected,
  ) => asExpected(validMachineConfig(faultsOf(nodePoolConfigRefs, userConfigMaps)), expected),
};

function faultsOf(
  refs: readonly string[],
  configMaps: readonly { readonly name: string; readonly data: Readonly<Record<string, string>> }[],
): Diagnostic[] {
  const found = refs.map((name) => configMaps.find((each) => each.name === name));
  const missing = refs.filter((_, index) => found[index] === undefined);
  const texts = found.flatMap((each) => (each ? [{ name: each.name, config: each.data['config'] }] : []));
  const messages = [
    ...missing.map((name) => `configmaps "${name}" not found`),
    ...rawConfig(texts).faults.map(({ message }) => message),
  ];
  return messages.map((message) => ({ code: 'node-pool-config-invalid', severity: 'error', message }));
}

/** The members that are asked for, a looser demand met where it holds. */
function asExpected(found: Found, expected: Expected): unknown {
  const { statusNot, messageContains, ...exact } = expected;
  const members = Object.keys(exact).map((key) => [key, (found as unknown as Record<string, unknown>)[key]]);
  return {
    ...Object.fromEntries(members),
    ...(statusNot === undefined ? {} : { statusNot: found.status === statusNot ? `is ${statusNot}` : statusNot }),
    ...(messageContains === undefined
      ? {}
      : { messageContains: found.message.includes(messageContains) ? messageContains : found.message }),
  };
}
