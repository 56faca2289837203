import { type Alias, isScalar, type Node, type Scalar } from 'yaml';
import type { LoadLimits } from '../limits.ts';
import { type Problem, quote } from '../problem.ts';

/** An alias before its anchor, or without one. */
export function unknownAnchor(node: Alias): Problem {
  return { code: 'yaml-alias', ...extent(node), message: `no anchor ${quote(node.source)} stands before this alias` };
}

/** An anchor around an alias to it. */
export function anchorInItself(node: Alias): Problem {
  return { code: 'yaml-alias', ...extent(node), message: `the anchor ${quote(node.source)} contains itself` };
}

/** A scalar that cannot be what its tag says, or cannot be JSON. */
export function faultyScalar(node: Scalar, message: string): Problem {
  return { code: 'yaml-scalar', ...extent(node), message };
}

/** A tag that only other programs know. */
export function unknownTag(node: Scalar, tag: string): Problem {
  const message = `Kubernetes does not know the tag ${quote(tag)} and reads the value as text`;
  return { code: 'yaml-tag', severity: 'warning', ...extent(node), message };
}

/** An integer that a double cannot hold; its digits are not told, they may be a secret. */
export function inexactNumber(node: Scalar): Problem {
  const message = 'this number is beyond 2^53 and loses digits in most programs';
  return { code: 'yaml-number', severity: 'warning', ...extent(node), message, hint: 'quote it if it is a name' };
}

/** A key of a mapping that stands there already. */
export function duplicateKey(name: string, key: Node, first: Node): Problem {
  return {
    code: 'yaml-duplicate-key',
    ...extent(key),
    message: `the key ${quote(name)} stands twice in one mapping`,
    related: [{ message: 'the first one is here', ...extent(first) }],
    hint: 'only one of them would take effect; remove or rename one',
  };
}

/** A key that JSON has no name for. */
export function keyWithoutName(key: Node, target: Node): Problem {
  const what = isScalar(target) ? 'null' : 'a collection';
  return { code: 'yaml-key', ...extent(key), message: `a key must be a string, this one is ${what}` };
}

/** A key whose name is not what is written: `on`, `4.10`. */
export function keyReadAs(key: Node, text: string, name: string): Problem {
  const message = `Kubernetes reads the key ${quote(text)} as ${quote(name)}`;
  return { code: 'yaml-key', severity: 'warning', ...extent(key), message, hint: 'put it in quotes' };
}

/** A merge key over something else than mappings. */
export function mergeOfNoMap(source: Node): Problem {
  return { code: 'yaml-merge', ...extent(source), message: 'a merge key (<<) takes a mapping or a list of mappings' };
}

/** Aliases that expand beyond the limit. */
export function aliasBomb(node: Alias, { maxAliasNodes }: LoadLimits): Problem {
  const message = `aliases of this document expand to more than ${maxAliasNodes} values`;
  return { code: 'yaml-alias-bomb', ...extent(node), message };
}

function extent(node: Node): { start: number; end: number } {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}
