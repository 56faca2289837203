import { compareBytes } from '../formats/go-order.ts';

/** `from` is to be tried before `to`. */
export type OrderEdge = readonly [from: string, to: string];

export interface MergeOrder {
  readonly order: readonly string[];
  /** Nodes that were taken although something should come before them: the edges contradict each other there. */
  readonly contradicted: readonly string[];
}

interface GraphNode {
  readonly name: string;
  readonly before: Set<GraphNode>;
  readonly after: Set<GraphNode>;
  taken: boolean;
}

/**
 * Orders the nodes of a graph so that every edge holds, if that can be. Among nodes that are free at the same time the
 * byte order decides; a loop is broken at its byte-smallest node, so this never fails (openshift/runtime-utils
 * `pkg/registries` topological sort). An edge from a node to itself is a loop.
 */
export function topoSort(edges: readonly OrderEdge[]): MergeOrder {
  const nodes = sorted(buildGraph(edges).values());
  const queue = nodes.filter((node) => node.before.size === 0);
  const order: string[] = [];
  const contradicted: string[] = [];
  for (let head = 0, rest = 0; order.length < nodes.length; ) {
    const node = queue[head] ?? nodes[rest++];
    if (node === queue[head]) head++;
    if (!node || node.taken) continue;
    if (node.before.size > 0) contradicted.push(node.name);
    order.push(node.name);
    for (const next of take(node)) queue.push(next);
  }
  return { order, contradicted };
}

function buildGraph(edges: readonly OrderEdge[]): Map<string, GraphNode> {
  const graph = new Map<string, GraphNode>();
  for (const [from, to] of edges) {
    const [first, second] = [nodeOf(graph, from), nodeOf(graph, to)];
    first.after.add(second);
    second.before.add(first);
  }
  return graph;
}

function nodeOf(graph: Map<string, GraphNode>, name: string): GraphNode {
  const node = graph.get(name) ?? { name, before: new Set(), after: new Set(), taken: false };
  graph.set(name, node);
  return node;
}

// Marks the node and returns the successors that this sets free, in byte order.
function take(node: GraphNode): GraphNode[] {
  node.taken = true;
  const freed: GraphNode[] = [];
  for (const next of node.after) {
    next.before.delete(node);
    if (next.before.size === 0 && !next.taken) freed.push(next);
  }
  return sorted(freed);
}

function sorted(nodes: Iterable<GraphNode>): GraphNode[] {
  return [...nodes].sort((a, b) => compareBytes(a.name, b.name));
}
