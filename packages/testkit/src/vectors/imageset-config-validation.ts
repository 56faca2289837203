import { imageSetError, loadManifests, valueAt, withDeleteDefaults } from '@pullpath/api';
import type { Area } from './run-vectors.ts';

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
  '': (input: Input, expected: Expected): Expected => {
    const { error, configuration } = read(input);
    if (error === undefined) return { valid: true, ...defaultsOf(configuration, expected) };
    const { error: text, errorKind, field, fields } = expected;
    // Where the text quotes the internals of a parser, what it names is compared.
    if (text === undefined && [field, ...(fields ?? [])].every((name) => error.includes(name ?? ''))) return expected;
    return {
      error,
      ...(text === error && { ...(errorKind !== undefined && { errorKind }), ...(field !== undefined && { field }) }),
    };
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

/** The values at the paths that were recorded, as they are in effect. */
function defaultsOf(
  configuration: Readonly<Record<string, unknown>>,
  { defaults }: Expected,
): Pick<Expected, 'defaults'> {
  if (defaults === undefined) return {};
  const completed = withDeleteDefaults(configuration);
  const paths = Object.keys(defaults);
  return { defaults: Object.fromEntries(paths.map((path) => [path, valueAt(completed, path.split('.'))] as const)) };
}
