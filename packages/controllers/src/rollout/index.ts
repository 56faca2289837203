export { drain } from './drain/index.ts';
export { rolloutMarks } from './marks.ts';
export { tellNodes } from './tell-nodes.ts';
