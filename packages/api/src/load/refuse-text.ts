import type { Diagnostic } from '@pullpath/diagnostics';
import { defaultLimits, type LoadLimits } from './limits.ts';
import { toDiagnostic } from './problem.ts';
import { checkText, type Source } from './source.ts';
import { fileText } from './text-place.ts';
import { parseYamlStream } from './yaml/parse-stream.ts';

/**
 * The diagnostic that refuses a YAML text before anything else reads it: too large, too deep, too many errors, or
 * characters that no YAML may hold. Parses the text once, so it is for small files that are no manifests; `loadManifests`
 * asks by itself.
 */
export function refuseText({ file, text }: Source, limits: Partial<LoadLimits> = {}): Diagnostic | undefined {
  const all = { ...defaultLimits, ...limits };
  const refused = checkText(file, text, all);
  if (refused) return refused;
  const [problem] = parseYamlStream(text, all).problems;
  return problem && toDiagnostic(problem, fileText(file, text));
}
