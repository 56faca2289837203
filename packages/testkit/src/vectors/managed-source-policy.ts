import { managedSourceFaults } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

export const managedSourcePolicy: Area = {
  '': ({ sources }: { readonly sources?: readonly string[] | null }, expected: { readonly httpCode?: number }) => {
    const allowed = managedSourceFaults(sources ?? []).length === 0;
    return { allowed, ...(expected.httpCode === undefined ? {} : { httpCode: allowed ? 200 : 403 }) };
  },
};
