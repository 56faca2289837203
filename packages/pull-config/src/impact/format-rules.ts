import { printable } from '@pullpath/diagnostics';
import type { RuleChange } from './rule-changes.ts';
import { aligned, type Cells } from './text-table.ts';

/** Changes of rules as text, one line each, `+`, `-` or `~` in front; empty when there is none. */
export function formatRuleChanges(changes: readonly RuleChange[]): string {
  return aligned(changes.map(ruleCells))
    .map((line) => `${printable(line)}\n`)
    .join('');
}

/** How a change is marked at the start of its line. */
export const changeMarks: Readonly<Record<RuleChange['change'], string>> = { added: '+', removed: '-', changed: '~' };

/** One change as the cells of a table: what, how, and where it is said. */
export function ruleCells(rule: RuleChange): Cells {
  const mirrors = rule.mirrors ? ` → ${rule.mirrors.length > 0 ? rule.mirrors.join(', ') : 'no mirror'}` : '';
  const [origin] = rule.origins;
  const place = origin ? `${origin.object}${origin.file === null ? '' : ` ${origin.file}:${origin.line}`}` : '';
  return [
    `${changeMarks[rule.change]} ${rule.name}${mirrors}`,
    [subjects[rule.subject], ...rule.details].join(', '),
    place,
  ];
}

const subjects: Readonly<Record<RuleChange['subject'], string>> = {
  'digest-mirrors': 'digests',
  'tag-mirrors': 'tags',
  insecure: 'insecure registry',
  blocked: 'blocked registry',
  allowed: 'allowed registry',
  search: 'search list',
  'release-image': 'release image',
  'signature-policy': 'image policy',
  'container-runtime-config': 'container runtime settings',
  'trusted-ca': 'trusted certificates of registries',
  'trust-bundle': 'trust bundle',
  'pull-secret': 'pull secret',
};
