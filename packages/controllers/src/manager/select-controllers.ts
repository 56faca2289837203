import { CodedError } from '@pullpath/diagnostics';
import type { ControllerDefinition } from './context.ts';

/**
 * The controllers that a selection means, in the order of the list: `*` is every one, `name` adds one, `-name` takes one out;
 * a selection of only `-name` starts from every one (kube-controller-manager `--controllers`). Throws `CodedError`
 * `unknown-controller`.
 */
export function selectControllers(
  definitions: readonly ControllerDefinition[],
  selection: string,
): readonly ControllerDefinition[] {
  const words = selection
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const named = new Set(words.map((word) => word.replace(/^-/, '')));
  const unknown = [...named].filter((name) => name !== '*' && !definitions.some((it) => it.name === name));
  if (unknown.length > 0) throw unknownControllers(unknown, definitions);
  const all = words.includes('*') || words.every((word) => word.startsWith('-'));
  return definitions.filter(({ name }) => (all || words.includes(name)) && !words.includes(`-${name}`));
}

function unknownControllers(names: readonly string[], definitions: readonly ControllerDefinition[]): CodedError {
  const known = definitions.map(({ name }) => name).join(', ');
  const list = names.map((name) => JSON.stringify(name)).join(', ');
  return new CodedError('unknown-controller', `there is no controller ${list}`, { hint: `there are ${known}` });
}
