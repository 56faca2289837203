export { drain } from './drain/index.ts';
export { rolloutMarks } from './marks.ts';
export type { Steering } from './steer.ts';
export { pauseNodePool, pauseRollout, resumeNodePool, resumeRollout, undoRollout } from './steer.ts';
export { tellNodes } from './tell-nodes.ts';
