import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { halfConverted } from './half-converted.ts';
import { nearMisses } from './rules/kind-near-miss.ts';
import { halfConvertedFaults } from './rules/sed-converted-icsp.ts';

/** Objects that are meant to be of a known kind and are not: every collector passes them over, no API server takes them. */
export function misnamedObjects(objects: readonly LocatedObject[]): Diagnostic[] {
  const ofWrongGroup = objects.filter((located) => halfConverted(located)?.[0] === 'apiVersion');
  return [...halfConvertedFaults(ofWrongGroup), ...nearMisses(objects)];
}
