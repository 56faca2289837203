import { hasRealMirror, isNested, isValidScope } from '@pullpath/oci';
import type { Area } from './run-vectors.ts';

/** node-config `scopes`: nesting of machine-config-operator. */
export const scopes: Area = {
  isNested: ({ sub, super: sup }: { sub: string; super: string }) => ({ nested: isNested(sub, sup) }),
  isValidScope: ({ scope }: { scope: string }) => ({ valid: isValidScope(scope) }),
  hasRealMirror: ({ source, mirrors }: { source: string; mirrors: string[] }) => ({
    real: hasRealMirror(source, mirrors),
  }),
};
