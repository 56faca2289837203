import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { checkMirrorRule, type RuleFault, repeatedSources } from './check-rules.ts';

const path: Path = ['spec', 'imageTagMirrorSet'];
const limits = { maxLength: 255, maxItems: 255 } as const;

/**
 * Everything that admission refuses in `HostedCluster.spec.imageTagMirrorSet`: besides the faults of single rules a
 * repeated source, and more than 255 rules or mirrors. No diagnostics when the field is absent.
 */
export function validateImageTagMirrorSet(hostedCluster: LocatedObject): readonly Diagnostic[] {
  const rules = valueAt(hostedCluster.object, path);
  if (rules === undefined || rules === null) return [];
  if (!Array.isArray(rules))
    return [report(hostedCluster, { path, message: 'imageTagMirrorSet is a list', kind: 'shape' })];
  const faults = [
    ...tooMany(rules, path),
    ...rules.flatMap((rule, index) => tooMany(valueAt(rule, ['mirrors']), [...path, index, 'mirrors'])),
    ...rules.flatMap((rule, index) => checkMirrorRule(rule, [...path, index], limits)),
    ...repeatedSources(rules, path),
  ];
  return faults.map((fault) => report(hostedCluster, fault));
}

function tooMany(list: unknown, at: Path): readonly RuleFault[] {
  if (!Array.isArray(list) || list.length <= limits.maxItems) return [];
  return [{ path: at, message: `has ${list.length} items, at most ${limits.maxItems} are allowed`, kind: 'value' }];
}

function report(hostedCluster: LocatedObject, fault: RuleFault): Diagnostic {
  const code = fault.kind === 'duplicate' ? 'mirror-source-duplicate' : 'mirror-rule-invalid';
  return diagnose('error', code, fault.message, { of: hostedCluster, path: fault.path });
}
