const prefix = 'machineconfiguration.openshift.io';

/** Annotations of a Node by which an agent asks for it to be emptied (docs/decisions/how-controllers-and-agents-talk.md). */
export const drainMarks: Readonly<Record<'desired' | 'lastApplied' | 'cordonedBefore', string>> = {
  desired: `${prefix}/desiredDrain`,
  lastApplied: `${prefix}/lastAppliedDrain`,
  /** `true` when an administrator had cordoned the node before. */
  cordonedBefore: 'pullpath.dev/cordoned-before',
};
