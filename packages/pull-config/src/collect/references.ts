import type { LocatedObject, Path } from '@pullpath/api';
import type { Diagnostic, Severity } from '@pullpath/diagnostics';
import { diagnose } from '../diagnose.ts';
import type { RuleSet } from '../model.ts';
import { configMapKind, findObject, secretKind, textAt } from './objects.ts';

/** A name in an object that stands for another object. */
export interface Reference {
  readonly from: LocatedObject;
  readonly path: Path;
  /** Where the other object is. */
  readonly namespace: string;
  readonly severity: Severity;
}

export interface Resolved {
  readonly object?: LocatedObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The ConfigMap that a field names; nothing when the field is not set. */
export function referencedConfigMap(objects: readonly LocatedObject[], reference: Reference): Resolved {
  return resolve(objects, reference, configMapKind, 'config-map-not-found');
}

/** The Secret that a field names; nothing when the field is not set. */
export function referencedSecret(objects: readonly LocatedObject[], reference: Reference): Resolved {
  return resolve(objects, reference, secretKind, 'secret-not-found');
}

function resolve(
  objects: readonly LocatedObject[],
  { from, path, namespace, severity }: Reference,
  kind: typeof configMapKind,
  code: 'config-map-not-found' | 'secret-not-found',
): Resolved {
  const name = textAt(from, path);
  if (name === undefined) return { diagnostics: [] };
  const object = findObject(objects, kind, name, namespace);
  if (object) return { object, diagnostics: [] };
  const message = `${kind.kind} "${name}" of namespace "${namespace}" is not among the objects`;
  const hint = 'what it would add to the nodes is missing';
  return { diagnostics: [diagnose(severity, code, message, { of: from, path }, { hint })] };
}

const bundleKey = 'ca-bundle.crt';

/** The trust bundle in a ConfigMap, or a warning that it has none. */
export function trustBundleOf(configMap: LocatedObject): {
  readonly bundle?: RuleSet['trustBundle'];
  readonly diagnostics: readonly Diagnostic[];
} {
  const origin = { of: configMap, path: ['data', bundleKey] };
  const pem = textAt(configMap, origin.path);
  if (pem !== undefined) return { bundle: { pem, origin }, diagnostics: [] };
  const message = `the ConfigMap has no key "${bundleKey}"`;
  return { diagnostics: [diagnose('warning', 'config-map-key-missing', message, { of: configMap, path: ['data'] })] };
}
