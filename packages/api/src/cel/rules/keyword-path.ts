import type { Path } from '../../load/located.ts';

/** A place of a schema as the API server spells it: `ROOT.properties[name].x-kubernetes-validations[0].rule`. */
export function formatKeywordPath(root: string, path: Path): string {
  return root + path.map((step, index) => stepText(step, path[index - 1])).join('');
}

function stepText(step: string | number, before: string | number | undefined): string {
  if (typeof step === 'number' || before === 'properties') return `[${step}]`;
  return step === 'validations' ? '.x-kubernetes-validations' : `.${step}`;
}
