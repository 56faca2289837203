import { type LocatedObject, loadManifests } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import type { MirrorRule } from '../../src/model.ts';

/** The objects of one YAML text, called `in.yaml`; a fault of the text fails the test. */
export function load(text: string): readonly LocatedObject[] {
  const { objects, diagnostics } = loadManifests([{ file: 'in.yaml', text }]);
  const [fault] = diagnostics;
  if (fault) throw new Error(`${fault.code} at line ${fault.at?.start.line}: ${fault.message}`);
  return objects;
}

/** `severity code line:column` of each diagnostic. */
export function brief(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ severity, code, at }) =>
    [severity, code, at ? `${at.start.line}:${at.start.column}` : ''].join(' ').trimEnd(),
  );
}

/** `kind source -> mirrors (policy) @line` of each rule. */
export function ruleLines(rules: readonly MirrorRule[]): readonly string[] {
  return rules.map(({ kind, source, mirrors, policy, origin: { of, path } }) => {
    const line = of.source?.span(path).start.line;
    return `${kind} ${source} -> ${mirrors.join(',')}${policy ? ` (${policy})` : ''} @${line}`;
  });
}
