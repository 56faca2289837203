import type { Area } from './run-vectors.ts';
import { scopes } from './scopes.ts';

/** Every area that has a runner, by the name in its files. One file per area beside this one. */
export const areas: Readonly<Record<string, Area>> = {
  scopes,
};
