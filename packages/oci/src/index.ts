export { isMirrorLocation, isMirrorSource } from './location.ts';
export { matchPrefix } from './prefix.ts';
export { hasRealMirror, isNested, isValidScope } from './scope.ts';
