import type { Origin } from '@pullpath/api';
import { hasRealMirror } from '@pullpath/oci';
import { sortByBytes } from '../formats/go-order.ts';
import type { MirrorRule } from '../model.ts';
import { type OrderEdge, topoSort } from './merge-order.ts';

/** All mirrors of one source for one kind of pull (digest or tag), merged from every rule that names the source. */
export interface MirrorSet {
  readonly source: string;
  /** True when any of the rules says `NeverContactSource`. */
  readonly neverContactSource: boolean;
  /** In the order in which nodes try them. May hold the source itself, when a rule puts it before other mirrors. */
  readonly mirrors: readonly SetMirror[];
  readonly rules: readonly MirrorRule[];
  /** Locations at which the orders of the rules contradict each other; empty when all of them hold. */
  readonly contradicted: readonly string[];
}

export interface SetMirror {
  readonly location: string;
  /** The list items that name it. */
  readonly origins: readonly Origin[];
}

/** IDMS and ICSP rules, which serve pulls by digest, in the order in which machine-config-operator reads them. */
export function digestRules(rules: readonly MirrorRule[]): MirrorRule[] {
  return [...rules.filter((rule) => rule.kind === 'idms'), ...rules.filter((rule) => rule.kind === 'icsp')];
}

/** ITMS rules, which serve pulls by tag. */
export function tagRules(rules: readonly MirrorRule[]): MirrorRule[] {
  return rules.filter((rule) => rule.kind === 'itms');
}

/**
 * Merges the rules of one kind of pull into one set per source, sources by bytes (openshift/runtime-utils
 * `pkg/registries`). A rule that names no mirror besides its source is ignored, together with its policy.
 */
export function mergeMirrorSets(rules: readonly MirrorRule[]): MirrorSet[] {
  const bySource = new Map<string, MirrorRule[]>();
  for (const rule of rules) {
    if (!hasRealMirror(rule.source, rule.mirrors)) continue;
    const list = bySource.get(rule.source);
    if (list) list.push(rule);
    else bySource.set(rule.source, [rule]);
  }
  return sortByBytes([...bySource.keys()]).map((source) => mergeSource(source, bySource.get(source) ?? []));
}

function mergeSource(source: string, rules: readonly MirrorRule[]): MirrorSet {
  const { mirrors, contradicted } = orderedMirrors(source, rules);
  const neverContactSource = rules.some((rule) => rule.policy === 'NeverContactSource');
  return { source, neverContactSource, mirrors, rules, contradicted };
}

const none: readonly never[] = [];

function orderedMirrors(source: string, rules: readonly MirrorRule[]): Pick<MirrorSet, 'mirrors' | 'contradicted'> {
  const [rule] = rules;
  const [only] = rule?.mirrors ?? [];
  // One mirror is in order already; this is by far the most frequent case.
  if (rule && only !== undefined && rules.length === 1 && rule.mirrors.length === 1) {
    return { mirrors: [{ location: only, origins: [itemOrigin(rule, 0)] }], contradicted: none };
  }
  const { order, contradicted } = topoSort(rules.flatMap((each) => edgesOf(source, each.mirrors)));
  const origins = originsByLocation(rules);
  // The source is tried last anyway; only an earlier place has to be spelled out.
  const explicit = order.at(-1) === source ? order.slice(0, -1) : order;
  return { mirrors: explicit.map((location) => ({ location, origins: origins.get(location) ?? [] })), contradicted };
}

function itemOrigin({ origin }: MirrorRule, index: number): Origin {
  return { of: origin.of, path: origin.path.concat('mirrors', index) };
}

/** The order that one rule demands: its mirrors one after the other, then the source unless it is among them. */
export function edgesOf(source: string, mirrors: readonly string[]): OrderEdge[] {
  const path = mirrors.includes(source) ? mirrors : [...mirrors, source];
  return path.slice(1).map((to, index) => [path[index] ?? to, to]);
}

function originsByLocation(rules: readonly MirrorRule[]): Map<string, Origin[]> {
  const origins = new Map<string, Origin[]>();
  for (const rule of rules) {
    for (const [index, mirror] of rule.mirrors.entries()) {
      const known = origins.get(mirror) ?? [];
      known.push(itemOrigin(rule, index));
      origins.set(mirror, known);
    }
  }
  return origins;
}
