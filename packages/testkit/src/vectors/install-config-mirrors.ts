import { fromObject } from '@pullpath/api';
import { type MirrorSource, mergeMirrorSources, mirrorFaults } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface ExpectedError {
  readonly field: string;
  readonly contains: string;
}

/** mirroring `install-config-mirrors`: an expected error that is found is given back as it is. */
export const installConfigMirrors: Area = {
  validate: (input: Readonly<Record<string, unknown>>, { errors: expected = [] }: { errors?: ExpectedError[] }) => {
    const config = fromObject({ apiVersion: 'v1', kind: 'InstallConfig', metadata: { name: 'cluster' }, ...input });
    const errors = mirrorFaults(config)
      .filter(({ severity }) => severity === 'error')
      .map(({ path = '', message }) => asRecorded(path, message, expected));
    return errors.length === 0 ? { valid: true } : { errors };
  },
  merge: ({ sources }: { sources: readonly MirrorSource[] }) => ({ sources: mergeMirrorSources(sources) }),
};

function asRecorded(field: string, message: string, expected: readonly ExpectedError[]): ExpectedError {
  const found = expected.find((error) => error.field === field && message.includes(error.contains));
  return found ?? { field, contains: message };
}
