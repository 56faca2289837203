import { validateRules } from '@pullpath/pull-config';
import { recordedError } from './fault-code.ts';
import { type MirrorObjects, rulesOf, scopesOf } from './mirror-rules.ts';
import type { Area } from './run-vectors.ts';

interface Input extends MirrorObjects {
  readonly insecure: string[] | null;
  readonly blocked: string[] | null;
  readonly allowed: string[] | null;
}

/** node-config `mirror-validate`: the first fault is the one that upstream reports. */
export const mirrorValidate: Area = {
  validateScopesAndMirrors: (input: Input) => ({
    error: recordedError(validateRules(listsOf(input), rulesOf(input))[0]),
  }),
};

function listsOf({ insecure, blocked, allowed }: Input): Parameters<typeof validateRules>[0] {
  return {
    insecureRegistries: scopesOf('insecureRegistries', insecure) ?? [],
    blockedRegistries: scopesOf('blockedRegistries', blocked) ?? [],
    allowedRegistries: scopesOf('allowedRegistries', allowed) ?? [],
  };
}
