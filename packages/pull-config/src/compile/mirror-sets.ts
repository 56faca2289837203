import type { Origin } from '@pullpath/api';
import { hasRealMirror } from '@pullpath/oci';
import { compareBytes } from '../formats/go-order.ts';
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
  return [...bySource].sort(([a], [b]) => compareBytes(a, b)).map(([source, list]) => mergeSource(source, list));
}

function mergeSource(source: string, rules: readonly MirrorRule[]): MirrorSet {
  const { order, contradicted } = mirrorOrder(source, rules);
  const origins = originsByLocation(rules);
  // The source is tried last anyway; only an earlier place has to be spelled out.
  const explicit = order.at(-1) === source ? order.slice(0, -1) : order;
  return {
    source,
    neverContactSource: rules.some((rule) => rule.policy === 'NeverContactSource'),
    mirrors: explicit.map((location) => ({ location, origins: origins.get(location) ?? [] })),
    rules,
    contradicted,
  };
}

function mirrorOrder(source: string, rules: readonly MirrorRule[]): ReturnType<typeof topoSort> {
  const [rule] = rules;
  // One mirror is in order already; this is by far the most frequent case.
  if (rule && rules.length === 1 && rule.mirrors.length === 1) return { order: rule.mirrors, contradicted: [] };
  return topoSort(rules.flatMap((each) => edgesOf(source, each.mirrors)));
}

function edgesOf(source: string, mirrors: readonly string[]): OrderEdge[] {
  const path = mirrors.includes(source) ? mirrors : [...mirrors, source];
  return path.slice(1).map((to, index) => [path[index] ?? to, to]);
}

function originsByLocation(rules: readonly MirrorRule[]): Map<string, Origin[]> {
  const origins = new Map<string, Origin[]>();
  for (const { mirrors, origin } of rules) {
    for (const [index, mirror] of mirrors.entries()) {
      const item = { of: origin.of, path: [...origin.path, 'mirrors', index] };
      const known = origins.get(mirror);
      if (known) known.push(item);
      else origins.set(mirror, [item]);
    }
  }
  return origins;
}
