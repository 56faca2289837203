import { metadataOf } from '../rest/metadata.ts';
import { qualifiedNameFaults } from '../rest/name-grammar.ts';
import type { StoredObject } from '../store/record.ts';

const standard = new Set(['orphan', 'foregroundDeletion', 'kubernetes']);

/** Advice on the finalizers of a custom resource: names without a domain collide. Source: apiextensions-apiserver `validateKubeFinalizerName`. */
export function finalizerWarnings(object: StoredObject): string[] {
  return (metadataOf(object).finalizers ?? []).flatMap(warningsOf);
}

function warningsOf(name: string): string[] {
  const prefix = `metadata.finalizers: ${JSON.stringify(name)}: `;
  const faults = qualifiedNameFaults(name).map((fault) => `${prefix}${fault}`);
  if (name.includes('/') || standard.has(name)) return faults;
  const path = name.includes('.') ? ' including a path (/)' : '';
  return [
    ...faults,
    `${prefix}prefer a domain-qualified finalizer name${path} to avoid accidental conflicts with other finalizer writers`,
  ];
}
