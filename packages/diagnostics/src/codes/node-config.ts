/** Compiling rules to node files (what upstream hides in a controller log). */
export const nodeConfigCodes = {
  'conflicting-policies-for-source': 'two rules for one source disagree on mirrorSourcePolicy, nothing is rendered',
  'source-format': 'a source is not host[:port][/path] or *.domain',
  'mirror-format': 'a mirror is not host[:port][/path]',
  'scope-format': 'a registry scope is not valid',
} as const;
