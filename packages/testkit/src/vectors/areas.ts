import { imageReferenceParse, referenceParse } from './reference-parse.ts';
import { poolStatus } from './pool-status.ts';
import { rollout } from './rollout.ts';
import type { Area } from './run-vectors.ts';
import { scopes } from './scopes.ts';

/** Every area that has a runner, by the name in its files. One file per area beside this one. */
export const areas: Readonly<Record<string, Area>> = {
  'image-reference-parse': imageReferenceParse,
  'reference-parse': referenceParse,
  'pool-status': poolStatus,
  rollout,
  scopes,
};
