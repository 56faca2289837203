import type { Diagnostic, DiagnosticCode } from '@pullpath/diagnostics';
import type { LintContext, LintRule } from './rule.ts';
import { lintRules } from './rules/index.ts';

/** Runs every rule. What `earlier` said about the same field in a rule's `replaces` gives way to the rule's own words. */
export function runRules(context: LintContext, earlier: readonly Diagnostic[]): Diagnostic[] {
  const found = lintRules.flatMap((rule) => [...rule.check(context)].map((diagnostic) => ({ rule, diagnostic })));
  const replaced = new Set(found.flatMap(({ rule, diagnostic }) => (rule.replaces ?? []).map((code) => placeKey(code, diagnostic))));
  const kept = earlier.filter((diagnostic) => !replaced.has(placeKey(diagnostic.code, diagnostic)));
  return withoutRepeats([...kept, ...found.map(({ diagnostic }) => diagnostic)]);
}

function placeKey(code: DiagnosticCode, { at, object, path }: Diagnostic): string {
  return JSON.stringify([code, at?.file, at?.start.offset, object, path]);
}

/** One rule seen from several pools is one problem. */
export function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const key = `${placeKey(diagnostic.code, diagnostic)}${diagnostic.message}`;
    return !seen.has(key) && seen.add(key);
  });
}

