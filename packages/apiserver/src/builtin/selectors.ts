import { compareTexts } from './compare-texts.ts';
import { listAt, mapAt, textAt, textsAt, valueAt } from './read.ts';

export type Labels = Readonly<Record<string, unknown>>;

/** Whether labels match a `metav1.LabelSelector`: an absent selector matches nothing, an empty one everything. */
export function selectorMatches(selector: unknown, labels: Labels): boolean {
  if (typeof selector !== 'object' || selector === null) return false;
  return (
    Object.entries(mapAt(selector, 'matchLabels')).every(([key, value]) => own(labels, key) === value) &&
    listAt(selector, 'matchExpressions').every((requirement) => requirementHolds(requirement, labels))
  );
}

function requirementHolds(requirement: unknown, labels: Labels): boolean {
  const value = own(labels, textAt(requirement, 'key'));
  const values = textsAt(requirement, 'values');
  switch (textAt(requirement, 'operator')) {
    case 'In':
      return typeof value === 'string' && values.includes(value);
    case 'NotIn':
      return typeof value !== 'string' || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

function own(labels: Labels, key: string): unknown {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** A label selector in one line, as `metav1.FormatLabelSelector` prints it: sorted by key, `<none>` where it is empty. */
export function formatSelector(selector: unknown): string {
  if (valueAt(selector) === undefined) return '<none>';
  const equal = Object.keys(mapAt(selector, 'matchLabels')).map((key) => ({
    key,
    text: `${key}=${textAt(selector, 'matchLabels', key)}`,
  }));
  const others = listAt(selector, 'matchExpressions').map((item) => ({
    key: textAt(item, 'key'),
    text: formatted(item),
  }));
  const sorted = [...equal, ...others].sort((a, b) => compareTexts(a.key, b.key));
  return sorted.map(({ text }) => text).join(',') || '<none>';
}

function formatted(requirement: unknown): string {
  const key = textAt(requirement, 'key');
  const values = [...textsAt(requirement, 'values')].sort(compareTexts).join(',');
  switch (textAt(requirement, 'operator')) {
    case 'In':
      return `${key} in (${values})`;
    case 'NotIn':
      return `${key} notin (${values})`;
    case 'Exists':
      return key;
    default:
      return `!${key}`;
  }
}

/** Labels in one line, as `labels.FormatLabels` prints them. */
export function formatLabels(labels: Labels): string {
  const pairs = Object.keys(labels).map((key) => `${key}=${textAt(labels, key)}`);
  return pairs.sort(compareTexts).join(',') || '<none>';
}
