import {
  type InPlaceNode,
  inPlaceCandidates,
  isInPlaceComplete,
  maxUnavailable,
  selectInPlace,
} from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface Node {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>> | null;
}

interface Input {
  readonly current: string;
  readonly target: string;
  readonly maxUnavailable: number;
  readonly capacity: number;
  readonly nodes: readonly Node[];
}

export const inplaceRollout: Area = {
  complete: ({ nodes, current, target }: Input) => isInPlaceComplete(nodes.map(nodeOf), current, target),
  select: ({ nodes, target, maxUnavailable: most }: Input, expected: readonly string[]) =>
    inOrderOf(expected, selectInPlace(nodes.map(nodeOf), target, most).map(nameOf)),
  candidates: ({ nodes, target, capacity }: Input) =>
    inPlaceCandidates(nodes.map(nodeOf), target, capacity).map(nameOf),
  maxUnavailable: (input: { readonly inPlaceMaxUnavailable?: number | string | null; readonly replicas: number }) =>
    maxUnavailable({ name: 'pool', maxUnavailable: input.inPlaceMaxUnavailable ?? undefined }, input.replicas),
};

function nodeOf({ name, annotations }: Node): InPlaceNode {
  const at = (key: string): string => annotations?.[`machineconfiguration.openshift.io/${key}`] ?? '';
  return {
    name,
    currentConfig: at('currentConfig'),
    desiredConfig: at('desiredConfig'),
    state: at('state'),
    desiredDrain: at('desiredDrain'),
    lastAppliedDrain: at('lastAppliedDrain'),
  };
}

function nameOf({ name }: InPlaceNode): string {
  return name;
}

/** Which nodes are told matters, not the order in which they are. */
function inOrderOf(expected: readonly string[], actual: readonly string[]): readonly string[] {
  const known = expected.filter((name) => actual.includes(name));
  return [...known, ...actual.filter((name) => !expected.includes(name))];
}
