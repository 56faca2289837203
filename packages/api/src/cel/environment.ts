import { Environment } from '@marcbachmann/cel-js';
import { registerFormats } from './library/formats.ts';
import { registerLists } from './library/lists.ts';
import { registerNetwork } from './library/network.ts';
import { registerQuantities } from './library/quantity.ts';
import { registerRegex } from './library/regex.ts';
import { registerSets } from './library/sets.ts';
import { registerStrings } from './library/strings.ts';
import { registerUrls } from './library/url.ts';
import { Mismatch } from './value.ts';

/**
 * Functions of the CEL library that are replaced, by the name of the replacement: theirs use backtracking expressions, or
 * change letters outside ASCII.
 */
export const ownNames: ReadonlyMap<string, string> = new Map([
  ['matches', 'linearMatches'],
  ['duration', 'goDuration'],
  ['lowerAscii', 'asciiLower'],
  ['upperAscii', 'asciiUpper'],
]);

let environment: Environment | undefined;

/** CEL as validation rules see it: `self`, `oldSelf`, optionals and the function library of Kubernetes. Made when first asked for. */
export function celEnvironment(): Environment {
  environment ??= createLibrary().registerVariable('self', 'dyn').registerVariable('oldSelf', 'dyn');
  return environment;
}

/** Optionals and the function library of Kubernetes, without variables; each call makes another. */
export function createLibrary(): Environment {
  const created = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 20_000, maxDepth: 200 },
  });
  created.registerType('Mismatch', { ctor: Mismatch, fields: {} });
  for (const register of libraries) register(created);
  return created;
}

const libraries: readonly ((environment: Environment) => void)[] = [
  registerStrings,
  registerRegex,
  registerLists,
  registerSets,
  registerFormats,
  registerQuantities,
  registerUrls,
  registerNetwork,
];
