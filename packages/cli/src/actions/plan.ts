import { hasErrors } from '@pullpath/diagnostics';
import {
  disruptionPoliciesOf,
  formatPlan,
  type ImageUse,
  type Plan,
  parseImageList,
  planChange,
} from '@pullpath/pull-config';
import type { PlanFlags } from '../commands/plan.ts';
import { exitCodes } from '../exit-codes.ts';
import { changeInput } from '../input/change-input.ts';
import { plannedPools } from '../input/planned-pools.ts';
import { readText } from '../input/read-files.ts';
import { reportDiagnostics } from '../output/report.ts';
import { structured } from '../output/structured.ts';

/** `pullpath plan`: what a change does. Refused input on either side plans nothing and exits 1. */
export async function plan(flags: PlanFlags): Promise<number> {
  const { before, after } = await changeInput(flags);
  const { pools, diagnostics } = plannedPools(before, after, flags);
  const images = imagesOf(flags.images);
  const all = [...diagnostics, ...images.diagnostics];
  reportDiagnostics(all, new Map([...before.texts, ...after.texts, ...images.texts]));
  if (hasErrors(all)) return exitCodes.findings;
  const planned = planChange({ pools, images: images.uses, disruption: disruptionPoliciesOf(after.objects) });
  process.stdout.write(
    flags.output === undefined || flags.output === 'text' ? formatPlan(planned) : structured(planned, flags.output),
  );
  return flags.detailedExitcode && changes(planned) ? exitCodes.findings : exitCodes.done;
}

function imagesOf(path: string | undefined): {
  uses: readonly ImageUse[];
  diagnostics: ReturnType<typeof parseImageList>['diagnostics'];
  texts: [string, string][];
} {
  if (path === undefined) return { uses: [], diagnostics: [], texts: [] };
  const text = readText(path);
  const { images, diagnostics } = parseImageList({ file: path, text });
  return { uses: images, diagnostics, texts: [[path, text]] };
}

function changes({ rules, files, pulls }: Plan): boolean {
  return rules.length > 0 || files.length > 0 || pulls.moved > 0 || pulls.failing > 0;
}
