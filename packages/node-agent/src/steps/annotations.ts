import type { KubeObject } from '@pullpath/kube-client';
import { drainForRemoval, nodeAnnotations } from '@pullpath/pull-config';

const prefix = 'machineconfiguration.openshift.io';

/** What a Node says to its agent and the agent to everyone, by name. Absent annotations are empty. */
export interface AgentView {
  readonly currentConfig: string;
  readonly desiredConfig: string;
  readonly state: string;
  readonly reason: string;
  readonly desiredDrain: string;
  readonly lastAppliedDrain: string;
  /** What the agent is doing, for people. */
  readonly step: string;
  /** Files that are not as the agent wrote them. */
  readonly drift: string;
  /** What the configuration asks for that the agent does not do. */
  readonly unapplied: string;
}

/** The annotations of a Node that an agent writes or reads. */
export const agentAnnotations: Readonly<Record<keyof AgentView, string>> = {
  currentConfig: nodeAnnotations.currentConfig,
  desiredConfig: nodeAnnotations.desiredConfig,
  state: nodeAnnotations.state,
  reason: nodeAnnotations.reason,
  desiredDrain: `${prefix}/desiredDrain`,
  lastAppliedDrain: `${prefix}/lastAppliedDrain`,
  step: 'pullpath.dev/step',
  drift: 'pullpath.dev/drift',
  unapplied: 'pullpath.dev/unapplied',
};

/** Reads the annotations of a Node. */
export function viewOf({ metadata: { annotations = {} } }: KubeObject): AgentView {
  const at = (name: keyof AgentView): string => annotations[agentAnnotations[name]] ?? '';
  return {
    currentConfig: at('currentConfig'),
    desiredConfig: at('desiredConfig'),
    state: at('state'),
    reason: at('reason'),
    desiredDrain: at('desiredDrain'),
    lastAppliedDrain: at('lastAppliedDrain'),
    step: at('step'),
    drift: at('drift'),
    unapplied: at('unapplied'),
  };
}

/** What an agent says of its node. Empty takes an annotation away. */
export type Report = Partial<Omit<AgentView, 'desiredConfig' | 'lastAppliedDrain'>>;

/** The annotations to patch so that the Node says what is reported; undefined when it does. */
export function annotationPatch(view: AgentView, report: Report): Record<string, string | null> | undefined {
  const changes = (Object.keys(report) as (keyof Report)[]).flatMap((name) => {
    const value = report[name] ?? '';
    return value === view[name] ? [] : [[agentAnnotations[name], value === '' ? null : value] as const];
  });
  return changes.length > 0 ? Object.fromEntries(changes) : undefined;
}

/** The value of `desiredDrain` that asks for the node to be emptied, or to take pods again. */
export function drainRequest(config: string): string {
  return `drain-${config}`;
}

export function uncordonRequest(config: string): string {
  return `uncordon-${config}`;
}

/** Whether a node is to be emptied for an update, which its agent asks for; a machine that is to go is another's business. */
export function asksForDrain(desiredDrain: string): boolean {
  return desiredDrain.startsWith('drain-') && desiredDrain !== drainForRemoval;
}
