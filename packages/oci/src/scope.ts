/**
 * Scopes as machine-config-operator nests them (openshift/runtime-utils `pkg/registries`), used while node files are made.
 * At pull time containers/image matches prefixes by another rule: see `prefix.ts`.
 */

/**
 * True when everything that `sub` covers is covered by `sup`: equal, below it by path, or a host (or wildcard) below a
 * `*.domain`. A port or a tag is not nesting: `example.com:5000` is not inside `example.com`.
 */
export function isNested(sub: string, sup: string): boolean {
  if (sub === sup) return true;
  if (sub.startsWith(sup) && sub[sup.length] === '/') return true;
  return sup.startsWith('*.') && isHostBelow(sub, sup.slice(1));
}

function isHostBelow(sub: string, suffix: string): boolean {
  const colon = sub.indexOf(':');
  if (colon === -1) return until(sub, sub.indexOf('/')).endsWith(suffix);
  const host = sub.slice(0, colon);
  return host.endsWith(suffix) && !host.includes('/');
}

function until(text: string, end: number): string {
  return end === -1 ? text : text.slice(0, end);
}

/**
 * True for what may stand in `insecureRegistries`, `blockedRegistries` and `allowedRegistries` by the check of
 * machine-config-operator: anything without `*`, or `*.` followed by a bare domain. Weaker than the CRD (`isMirrorSource`).
 */
export function isValidScope(scope: string): boolean {
  if (scope === '') return false;
  if (!scope.includes('*')) return true;
  if (!scope.startsWith('*.')) return false;
  return !['/', '@', ':', '*'].some((character) => scope.includes(character, 2));
}

/** True when at least one mirror is another place than the source; an entry without one is ignored as a whole. */
export function hasRealMirror(source: string, mirrors: readonly string[]): boolean {
  return mirrors.some((mirror) => mirror !== source);
}
