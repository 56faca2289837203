import type { Diagnostic, DiagnosticCode } from '@pullpath/diagnostics';
import type { LintRule } from './rule.ts';

/** What a rule found. */
export interface Finding {
  readonly rule: LintRule;
  readonly diagnostic: Diagnostic;
}

/**
 * What other checks found and no rule says better: left out is what a rule `replaces` at its own place, and what has the
 * code of the rule there or inside.
 */
export function notSaidBetter(others: readonly Diagnostic[], findings: readonly Finding[]): Diagnostic[] {
  const replaced = new Set(findings.flatMap(replacedPlaces));
  const own = new Set(findings.map(({ diagnostic }) => valueKey(diagnostic, diagnostic.path ?? '')));
  return others.filter((other) => !replaced.has(placeKey(other.code, other)) && !isInside(other, own));
}

function replacedPlaces({ rule, diagnostic }: Finding): string[] {
  return (rule.replaces ?? []).map((code) => placeKey(code, diagnostic));
}

/** Equal for diagnostics of one code about one place. */
export function placeKey(code: DiagnosticCode, { at, object, path }: Diagnostic): string {
  return JSON.stringify([code, at?.file, at?.start.offset, object, path]);
}

function isInside(other: Diagnostic, own: ReadonlySet<string>): boolean {
  return own.size > 0 && enclosingPaths(other.path ?? '').some((path) => own.has(valueKey(other, path)));
}

function valueKey({ code, at, object }: Diagnostic, path: string): string {
  return JSON.stringify([code, at?.file, object, path]);
}

/** The path itself, then every value around it but the object. */
function enclosingPaths(path: string): string[] {
  const paths = [path];
  for (let at = path.length - 1; at > 0; at--) {
    if (path[at] === '.' || path[at] === '[') paths.push(path.slice(0, at));
  }
  return paths;
}
