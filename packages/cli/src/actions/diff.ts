import { hasErrors } from '@pullpath/diagnostics';
import {
  diffNodeFiles,
  diffRules,
  type FileChange,
  formatRuleChanges,
  type PlannedPool,
  type RuleChange,
  unifiedDiff,
} from '@pullpath/pull-config';
import type { ChangeFlags } from '../commands/plan.ts';
import { exitCodes } from '../exit-codes.ts';
import { changeInput } from '../input/change-input.ts';
import { plannedPools } from '../input/planned-pools.ts';
import { reportDiagnostics } from '../output/report.ts';
import { structured } from '../output/structured.ts';

interface PoolDiff {
  readonly pool: string;
  readonly rules: readonly RuleChange[];
  readonly files: readonly FileChange[];
}

/** `pullpath diff`: what the rules say differently and the node files line by line; exit 1 when anything differs. */
export async function diff(flags: ChangeFlags): Promise<number> {
  const { before, after } = await changeInput(flags);
  const { pools, diagnostics } = plannedPools(before, after, flags);
  reportDiagnostics(diagnostics, new Map([...before.texts, ...after.texts]));
  if (hasErrors(diagnostics)) return exitCodes.findings;
  const diffs = pools.map(diffOf).filter(({ rules, files }) => rules.length + files.length > 0);
  process.stdout.write(printed(diffs, flags.output));
  return diffs.length > 0 ? exitCodes.findings : exitCodes.done;
}

function diffOf({ name, before, after }: PlannedPool): PoolDiff {
  return { pool: name, rules: diffRules(before.rules, after.rules), files: diffNodeFiles(before.files, after.files) };
}

function printed(diffs: readonly PoolDiff[], output = 'text'): string {
  if (output !== 'text') return structured(diffs.map(withoutContents), output);
  return diffs
    .map(({ pool, rules, files }) => `pool ${pool}\n${formatRuleChanges(rules)}${unifiedDiff(files)}`)
    .join('\n');
}

function withoutContents({ pool, rules, files }: PoolDiff): object {
  return {
    pool,
    rules,
    files: files.map(({ path, change, ...sides }) => ({
      path,
      change,
      diff: unifiedDiff([{ path, change, ...sides }]),
    })),
  };
}
