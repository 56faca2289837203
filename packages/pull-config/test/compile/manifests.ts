import { type LocatedObject, loadManifests } from '@pullpath/api';
import { collectRules, type RuleSet } from '../../src/index.ts';

/** The objects of YAML texts that are named `a.yaml`, `b.yaml` and so on. Throws where a text has faults. */
function objectsOf(...texts: readonly string[]): readonly LocatedObject[] {
  const sources = texts.map((text, index) => ({ file: `${'abcdefgh'[index]}.yaml`, text }));
  const { objects, diagnostics } = loadManifests(sources);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return objects;
}

/** The rules that YAML texts give the worker pool. */
export function workerRules(...texts: readonly string[]): RuleSet {
  return collectRules(objectsOf(...texts), { pool: 'worker' }).rules;
}
