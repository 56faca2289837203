import { applyFixes, type Diagnostic, type DiagnosticFormat, renderers, sortDiagnostics } from '@pullpath/diagnostics';
import { lintObjects } from '@pullpath/pull-config';
import type { LintFlags } from '../commands/lint.ts';
import { exitCodes } from '../exit-codes.ts';
import { type LoadedInput, loadObjects } from '../input/load-objects.ts';
import { wantsColor } from '../output/report.ts';
import { writeWhole } from '../output/write-whole.ts';
import { UsageError } from '../usage-error.ts';

/** `pullpath lint`: problems on stdout in the asked format; exit 1 on any error or warning. `--fix` repairs what is safe first. */
export async function lint(paths: readonly string[], flags: LintFlags): Promise<number> {
  if (flags.fix) repairFiles(paths, flags);
  const input = loadObjects(paths);
  const diagnostics = sortDiagnostics(problemsOf(input, flags));
  process.stdout.write(
    renderers[flags.format as DiagnosticFormat](diagnostics, {
      sources: input.texts,
      color: wantsColor(process.stdout),
    }),
  );
  return diagnostics.some(({ severity }) => severity !== 'info') ? exitCodes.findings : exitCodes.done;
}

function problemsOf({ objects, diagnostics }: LoadedInput, { releaseImage }: LintFlags): Diagnostic[] {
  return lintObjects(objects, diagnostics, { releaseImage });
}

// A repair can make the next one possible (a misspelt kind hides its fields), so this goes on until nothing is left to do.
const mostRounds = 10;

function repairFiles(paths: readonly string[], flags: LintFlags): void {
  if (paths.includes('-')) throw new UsageError('--fix writes to files and cannot repair standard input');
  for (let round = 0; round < mostRounds; round++) {
    const input = loadObjects(paths);
    const repaired = repairedTexts(input, flags);
    for (const { file, text } of repaired) {
      writeWhole(file, text, 'keep');
      process.stderr.write(`fixed ${file}\n`);
    }
    if (repaired.length === 0) return;
  }
}

function repairedTexts(input: LoadedInput, flags: LintFlags): { file: string; text: string }[] {
  const problems = problemsOf(input, flags);
  return [...input.texts].flatMap(([file, text]) => {
    const repaired = applyFixes(file, text, problems);
    return repaired === text ? [] : [{ file, text: repaired }];
  });
}
