import { valueAt } from '@pullpath/api';

export type Labels = Readonly<Record<string, unknown>>;

/**
 * True when a Kubernetes label selector picks an object with these labels. A missing or empty selector picks nothing, as
 * the machine-config-operator decides for pools; a requirement with an unknown operator picks nothing either.
 */
export function selectsLabels(selector: unknown, labels: Labels): boolean {
  const matchLabels = Object.entries((valueAt(selector, ['matchLabels']) ?? {}) as Labels);
  const expressions = valueAt(selector, ['matchExpressions']);
  const requirements: readonly unknown[] = Array.isArray(expressions) ? expressions : [];
  if (matchLabels.length + requirements.length === 0) return false;
  return (
    matchLabels.every(([key, value]) => labelOf(labels, key) === value) &&
    requirements.every((requirement) => meets(requirement, labels))
  );
}

function meets(requirement: unknown, labels: Labels): boolean {
  const name = valueAt(requirement, ['key']);
  const key = typeof name === 'string' ? name : '';
  const values = valueAt(requirement, ['values']);
  const label = labelOf(labels, key);
  const isListed = Array.isArray(values) && values.includes(label);
  switch (valueAt(requirement, ['operator'])) {
    case 'In':
      return label !== undefined && isListed;
    case 'NotIn':
      return label === undefined || !isListed;
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return false;
  }
}

function labelOf(labels: Labels, key: string): unknown {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
