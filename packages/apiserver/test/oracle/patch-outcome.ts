import { jsonPatch } from '../../src/patch/json-patch.ts';
import { mergePatch } from '../../src/patch/merge-patch.ts';
import { builtInPatchType } from '../../src/patch/strategic/built-in-types.ts';
import { strategicMergePatch } from '../../src/patch/strategic-merge-patch.ts';
import { ApiError } from '../../src/status/status.ts';
import type { PatchQuestion } from './generated-patches.ts';

/** The object after a patch, or a reason why there is none. */
export interface Outcome {
  readonly object?: unknown;
  readonly error?: string;
}

const groups: Readonly<Record<string, string>> = { Deployment: 'apps', PodDisruptionBudget: 'policy' };

/** What our functions make of the question, in the form that both sides are compared in. */
export function patched(question: PatchQuestion): Outcome {
  try {
    return outcomeOf({ object: run(JSON.parse(JSON.stringify(question))) });
  } catch (error) {
    if (error instanceof ApiError) return outcomeOf({ error: error.message });
    throw error;
  }
}

function run({ type, kind, object, patch }: PatchQuestion): unknown {
  if (type === 'json') return jsonPatch(object, patch);
  if (type === 'merge') return mergePatch(object, patch);
  return strategicMergePatch(object, patch, builtInPatchType({ group: groups[kind] ?? '', kind }));
}

/** The JSON patch library crashes on nulls in lists, where a patch may be right. */
export function isVerdict({ type }: PatchQuestion, { error = '' }: Outcome): boolean {
  return type !== 'json' || !error.startsWith('panic: ');
}

/** Failures are alike whatever the words; an object that is none is a failure of the step after the patch. */
export function outcomeOf({ object, error }: Outcome): Outcome {
  const isObject = typeof object === 'object' && object !== null && !Array.isArray(object);
  return error === undefined && isObject ? { object } : { error: 'failed' };
}
