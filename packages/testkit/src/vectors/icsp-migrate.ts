import { loadManifests } from '@pullpath/api';
import { hasErrors } from '@pullpath/diagnostics';
import { migrateIcsp } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';
import type { VectorCase } from './vector-file.ts';

interface Input {
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

interface Expected {
  readonly outputs: readonly { readonly nameRegex: string; readonly docs: readonly unknown[] }[];
  readonly errorsContain: readonly string[];
}

/** mirroring `icsp-migrate`: an expected pattern or part that holds is given back as it is, otherwise what came instead. */
export const icspMigrate: Area = {
  '': ({ files, args = Object.keys(files) }: Input, expected: Expected, vector: VectorCase) => {
    const inputs = args.map((file) => ({ file, text: files[file] ?? '' }));
    const migration = migrateIcsp(inputs, { serverFields: serverFieldsOf(vector) });
    const outputs = migration.files.map(({ name, text }, index) => {
      const pattern = expected.outputs[index]?.nameRegex ?? '^$';
      return { nameRegex: new RegExp(pattern).test(name) ? pattern : name, docs: documentsOf(text) };
    });
    const errors = migration.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    const errorsContain = expected.errorsContain.map(
      (part) => errors.find((message) => message.includes(part)) && part,
    );
    return { outputs, errorsContain, exitZero: !hasErrors(migration.diagnostics) };
  },
};

// Our own rule drops what a server wrote; the other cases record what oc does.
function serverFieldsOf({ record }: VectorCase): 'strip' | 'keep' {
  return record['origin'] === 'own' || record['knownDifference'] !== undefined ? 'strip' : 'keep';
}

function documentsOf(text: string): unknown[] {
  return loadManifests([{ file: 'output', text }]).objects.map(({ object }) => object);
}
