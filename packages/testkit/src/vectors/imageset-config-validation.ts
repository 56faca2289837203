import { imageSetError, loadManifests, valueAt, withDeleteDefaults } from '@pullpath/api';
import type { Area } from './run-vectors.ts';
import { type Judged, judged } from './run-vectors.ts';

interface Input {
  readonly yaml?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly kind: string;
}

interface Expected {
  readonly valid?: true;
  readonly error?: string;
  readonly errorKind?: string;
  readonly field?: string;
  readonly fields?: readonly string[];
  readonly defaults?: Readonly<Record<string, unknown>>;
}

/** Acceptance of an ImageSetConfiguration or DeleteImageSetConfiguration, with oc-mirror's own texts. */
export const imagesetConfigValidation: Area = {
  '': (input: Input, expected: Expected): Judged => {
    const { error, configuration } = read(input);
    if (expected.valid)
      return judged(error === undefined && hasDefaults(configuration, expected), `got ${error ?? 'other defaults'}`);
    if (expected.error !== undefined)
      return judged(error === expected.error, `expected ${expected.error}, got ${error}`);
    const names = expected.fields ?? [expected.field ?? ''];
    const named = error !== undefined && names.every((name) => error.includes(name));
    return judged(named, `expected ${expected.errorKind} naming ${names.join(', ')}, got ${error}`);
  },
};

function read({ yaml, config, kind }: Input): {
  error: string | undefined;
  configuration: Readonly<Record<string, unknown>>;
} {
  if (yaml === undefined) return { error: imageSetError(config ?? {}, kind), configuration: config ?? {} };
  const { objects, diagnostics } = loadManifests([{ file: 'config.yaml', text: yaml }]);
  const configuration = objects[0]?.object ?? {};
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  return { error: fault ? `${fault.code}: ${fault.message}` : imageSetError(configuration, kind), configuration };
}

function hasDefaults(configuration: Readonly<Record<string, unknown>>, { defaults = {} }: Expected): boolean {
  const completed = withDeleteDefaults(configuration);
  return Object.entries(defaults).every(
    ([path, value]) => JSON.stringify(valueAt(completed, path.split('.'))) === JSON.stringify(value),
  );
}
