import { authLookup } from './auth-lookup.ts';
import { policyEval } from './policy-eval.ts';
import { poolStatus } from './pool-status.ts';
import { imageReferenceParse, referenceParse } from './reference-parse.ts';
import { rollout } from './rollout.ts';
import type { Area } from './run-vectors.ts';
import { scopes } from './scopes.ts';

/** Every area that has a runner, by the name in its files. One file per area beside this one. */
export const areas: Readonly<Record<string, Area>> = {
  'auth-lookup': authLookup,
  'policy-eval': policyEval,
  'image-reference-parse': imageReferenceParse,
  'reference-parse': referenceParse,
  'pool-status': poolStatus,
  rollout,
  scopes,
};
