export type { KubeObject, LocatedObject, ObjectMeta, Origin, OriginPlace, Path, SourceMap } from './load/located.ts';
export { describeOrigin, formatPath, objectName, originSpan, valueAt } from './load/located.ts';
