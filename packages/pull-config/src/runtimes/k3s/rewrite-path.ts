import { compileRegex } from '@pullpath/api';
import { byBytes } from '../host-plan.ts';

/** What the rewrites of a registry make of a repository path. */
export interface RewrittenPath {
  readonly path: string;
  /** Several rewrites would change the path, and k3s takes any of them; or one takes too long to be tried here. */
  readonly ambiguous: boolean;
}

/**
 * Applies the first rewrite that changes the path into a valid one (rancher/wharfie `rewrite`). k3s goes through them in no
 * fixed order; here it is the order of their patterns. Patterns that do not compile are skipped, as there.
 */
export function rewritePath(host: string, path: string, rewrites: ReadonlyMap<string, string>): RewrittenPath {
  const replacements = [...rewrites]
    .sort(([a], [b]) => byBytes(a, b))
    .flatMap(([pattern, template]) => replaced(path, pattern, template));
  const results = replacements
    .filter((result) => result !== tooLong)
    .filter((result) => result !== path && isRepository(result))
    .map((result) => completed(host, result));
  return { path: results[0] ?? path, ambiguous: replacements.includes(tooLong) || new Set(results).size > 1 };
}

/** Why a rewrite never applies, or undefined. */
export function rewriteFault(pattern: string): string | undefined {
  try {
    compileRegex(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
}

/** Stands for a result that a pattern takes too many steps to give. */
const tooLong = Symbol('too long');

function replaced(path: string, pattern: string, template: string): (string | typeof tooLong)[] {
  if (rewriteFault(pattern) !== undefined) return [];
  try {
    return [compileRegex(pattern).replaceAll(path, template)];
  } catch (error) {
    if (error instanceof RangeError) return [tooLong];
    throw error;
  }
}

// Names on Docker Hub without a namespace are in `library`.
function completed(host: string, path: string): string {
  return host === 'index.docker.io' && !path.includes('/') ? `library/${path}` : path;
}

/** The check of go-containerregistry, which is looser than the grammar of references. */
function isRepository(path: string): boolean {
  return path.length >= 2 && path.length <= 255 && /^[a-z0-9_\-./]*$/.test(path);
}
