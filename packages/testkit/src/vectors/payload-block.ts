import { type ScopeRule, splitBlockedAllowed } from '@pullpath/pull-config';
import { recordedError } from './fault-code.ts';
import { type MirrorObjects, registrySourcesOf, rulesOf } from './mirror-rules.ts';
import type { Area } from './run-vectors.ts';

interface Input extends MirrorObjects {
  readonly releaseImage: string;
  readonly registrySources: Readonly<Record<string, string[] | null>>;
}

/** node-config `payload-block`. */
export const payloadBlock: Area = {
  splitBlockedAllowed: (input: Input) => {
    const decision = splitBlockedAllowed(
      {
        rules: rulesOf(input),
        registrySources: registrySourcesOf(input.registrySources),
        releaseImage: { image: input.releaseImage },
      },
      '4.19',
    );
    const fault = decision.failure ?? decision.faults.find(({ severity }) => severity === undefined);
    if (fault) return { error: recordedError(fault) };
    return {
      registriesBlocked: plainScopes(decision.registriesBlocked),
      policyBlocked: plainScopes(decision.policyBlocked),
      allowed: plainScopes(decision.allowed),
      warning: payloadWarning(decision.leftOpen),
    };
  },
};

function plainScopes(rules: readonly ScopeRule[] | undefined): string[] | null {
  return rules?.map(({ scope }) => scope) ?? null;
}

/** The recorded warning for blocked scopes that stay open. */
export function payloadWarning(leftOpen: readonly ScopeRule[]): { code: string; values: string[] } | null {
  if (leftOpen.length === 0) return null;
  return { code: 'payload-registry-not-blocked', values: leftOpen.map(({ scope }) => scope) };
}
