import { printable } from '@pullpath/diagnostics';
import { changeMarks, ruleCells } from './format-rules.ts';
import type { Because, Plan, PoolPlan } from './plan.ts';
import type { PullChange, PullChanges } from './pull-changes.ts';
import type { RolloutEstimate } from './rollout-estimate.ts';
import type { RuleChange } from './rule-changes.ts';
import { aligned, type Cells, shown } from './text-table.ts';

export interface FormatPlanOptions {
  /** Shows every rule, reason and pull instead of the first few. */
  readonly verbose?: boolean | undefined;
}

/** The plan as text for a terminal: rules, files, nodes and pulls, then one line that sums up. Ends with a newline. */
export function formatPlan(plan: Plan, { verbose = false }: FormatPlanOptions = {}): string {
  const limit = verbose ? Number.POSITIVE_INFINITY : 10;
  const sections = [
    section('Rules', aligned(shown(plan.rules, limit, ruleCells, 'rules'))),
    section('Files', aligned(shown(plan.files, limit, fileCells, 'files'))),
    section(
      'Nodes',
      plan.pools.flatMap((pool) => poolLines(pool, limit)),
    ),
    section('Pulls', pullLines(plan.pulls, limit)),
  ];
  return `${sections.filter((text) => text !== '').join('')}${summary(plan)}\n`;
}

const column = 9;

function section(title: string, lines: readonly string[]): string {
  return lines.map((line, index) => `${(index === 0 ? title : '').padEnd(column)}${printable(line)}\n`).join('');
}

function fileCells({ path, change, pools }: Plan['files'][number]): Cells {
  return [`${changeMarks[change]} ${path}`, pools.join(', ')];
}

function poolLines(pool: PoolPlan, limit: number): string[] {
  const nodes = pool.rollout?.nodes === undefined ? '' : ` (${count(pool.rollout.nodes, 'node')})`;
  const services = pool.services.length > 0 ? ` ${pool.services.join(', ')}` : '';
  const replaced = pool.replaced ? ', new nodes take their place' : '';
  const head = `${pool.name}${nodes}: ${pool.actions.join(' + ')}${services}${replaced}`;
  const because = shown(pool.because, limit, (reason) => [`because ${reasonText(reason)}`], 'reasons');
  return [head, ...because.map(([line]) => `  ${line}`), ...rolloutLines(pool.rollout)];
}

function reasonText({ message, origins }: Because): string {
  const [origin] = origins;
  if (origin === undefined) return message;
  return `${message} (${origin.file === null ? origin.object : `${origin.file}:${origin.line}`})`;
}

function rolloutLines(rollout: RolloutEstimate | undefined): string[] {
  if (rollout === undefined) return [];
  const atOnce = `${count(rollout.maxUnavailable, 'node')} at a time`;
  const perNode = `about ${duration(rollout.secondsPerNode)} each`;
  const all = rollout.seconds ? `, ${duration(rollout.seconds)} in all` : '';
  const first = rollout.batches.slice(0, 3).map((names) => names.join(', '));
  const order =
    first.length > 0 ? [`  order: ${first.join('; then ')}${rollout.batches.length > 3 ? '; ...' : ''}`] : [];
  return [`  ${atOnce}, ${perNode}${all} (estimate)`, ...order];
}

function duration([min, max]: readonly [number, number]): string {
  if (max < 120) return `${min} to ${max} s`;
  return `${minutes(min)} to ${minutes(max)} min`;
}

function minutes(seconds: number): string {
  return String(Math.max(1, Math.round(seconds / 60)));
}

function pullLines({ same, moved, failing, details }: PullChanges, limit: number): string[] {
  const total = same + moved + failing;
  if (total === 0) return [];
  const head = `${count(total, 'running image')}: ${same} same · ${moved} moved · ${failing} would FAIL`;
  const failed = details.filter(({ change }) => change === 'failing');
  const others = details.filter(({ change }) => change !== 'failing');
  return [head, ...aligned(shown([...failed, ...others], limit, pullCells, 'pulls'))];
}

function pullCells({ image, count: times, change, reason }: PullChange): Cells {
  const mark = change === 'failing' ? '✗' : changeMarks.changed;
  return [`  ${mark} ${shortImage(image)}${times > 1 ? ` ×${times}` : ''}`, reason];
}

// Twelve digits tell digests apart as well as sixty-four.
function shortImage(image: string): string {
  const at = image.indexOf('@sha256:');
  const end = at + '@sha256:'.length + 12;
  return at >= 0 && image.length > end ? `${image.slice(0, end)}…` : image;
}

function summary({ rules, pools, pulls }: Plan): string {
  const of = (change: RuleChange['change']): number => rules.filter((rule) => rule.change === change).length;
  const parts = [
    `Plan: ${of('added')} to add, ${of('changed')} to change, ${of('removed')} to remove`,
    `${pools.filter(({ drain }) => drain).length} of ${count(pools.length, 'pool')} drained`,
    `${pools.filter(({ reboot }) => reboot).length} rebooted`,
    ...(pulls.same + pulls.moved + pulls.failing > 0 ? [count(pulls.failing, 'failing pull')] : []),
  ];
  return parts.join(' · ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
