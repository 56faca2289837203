/** Cost units of CEL (cel-go `common/cost.go`). */
export const perIdentifier = 1;
export const perListMade = 10;
export const perMapMade = 30;
/** For each character of a string that is read once. */
export const perCharacter = 0.1;
/** For each character of a regular expression. */
export const perPatternCharacter = 0.25;
/** Characters that a named format's pattern is taken to have (Kubernetes `MaxNameFormatRegexSize`). */
export const formatPatternSize = 128;
