import type { FieldFault } from '../../status/status.ts';
import { listAt, mapAt, textAt, valueAt } from '../read.ts';
import { selectorMatches } from '../selectors.ts';
import { forbidden, invalid, notSupported, required } from './faults.ts';
import { labelSelectorFaults, labelsFaults } from './label-selector.ts';
import { podSpecFaults } from './pod-spec.ts';

/** Faults of `spec.selector` and `spec.template` of a workload; `kind` as the texts name it: `deployment`, `daemonset`. */
export function workloadFaults(spec: unknown, kind: string, owner: string): FieldFault[] {
  return [...selectorFaults(valueAt(spec, 'selector'), kind), ...templateFaults(spec, owner)];
}

function selectorFaults(selector: unknown, kind: string): FieldFault[] {
  if (selector === undefined) return kind === 'daemonset' ? [] : [required('spec.selector')];
  const isEmpty =
    Object.keys(mapAt(selector, 'matchLabels')).length + listAt(selector, 'matchExpressions').length === 0;
  return [
    ...labelSelectorFaults(selector, 'spec.selector'),
    ...(isEmpty ? [invalid('spec.selector', selector, `empty selector is invalid for ${kind}`)] : []),
  ];
}

function templateFaults(spec: unknown, owner: string): FieldFault[] {
  const selector = valueAt(spec, 'selector');
  const labels = mapAt(spec, 'template', 'metadata', 'labels');
  const shown = valueAt(spec, 'template', 'metadata', 'labels') ?? null;
  const policy = textAt(spec, 'template', 'spec', 'restartPolicy');
  const field = 'spec.template';
  return [
    ...(selectorMatches(selector, labels)
      ? []
      : [invalid(`${field}.metadata.labels`, shown, '`selector` does not match template `labels`')]),
    ...labelsFaults(labels, `${field}.labels`),
    ...podSpecFaults(valueAt(spec, 'template', 'spec'), `${field}.spec`),
    ...(policy === 'Always' ? [] : [notSupported(`${field}.spec.restartPolicy`, policy, ['Always'])]),
    ...(valueAt(spec, 'template', 'spec', 'activeDeadlineSeconds') === undefined
      ? []
      : [forbidden(`${field}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${owner} is not Supported`)]),
  ];
}
