import type { Diagnostic } from '@pullpath/diagnostics';
import { isDockerHub, isMirrorLocation, isRegistry } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import { depthOf, type Location, locations, splitLocation } from '../locations.ts';
import { isOfficialImage } from '../official-images.ts';
import type { LintRule } from '../rule.ts';
import { writeInstead } from '../write-instead.ts';

/** A source or scope on Docker Hub that is not in the full form of image names, so that no pull matches it (node-config 3.2). */
export const dockerIoShortSource: LintRule = {
  code: 'docker-io-short-source',
  severity: 'warning',
  why: 'Nodes look for docker.io/library/nginx whatever short name a pod uses, and compare text: an entry for docker.io/nginx, index.docker.io or a name without a registry matches nothing.',
  changesNodeFiles: true,
  check: (context) => locations(context).filter(isCompared).flatMap(shortName),
};

// Mirrors are not matched, they have rules of their own.
function isCompared({ text, role }: Location): boolean {
  return role !== 'mirror' && isMirrorLocation(text);
}

function shortName({ text, origin }: Location): Diagnostic[] {
  const { host, path } = splitLocation(text);
  if (!isRegistry(host)) return [unqualified(text, host, origin)];
  if (!isDockerHub(host)) return [];
  const full = ['docker.io', ...(path === '' ? [] : [inLibrary(path)])].join('/');
  if (full === text) return [];
  const missed = host === 'docker.io' ? 'does not match the official image' : 'matches no pull';
  const message = `"${text}" ${missed}: nodes know it as "${full}"`;
  const more = { hint: `write "${full}"`, ...writeInstead(origin, full) };
  return [diagnose('warning', 'docker-io-short-source', message, origin, more)];
}

// A single word may also be a namespace, which matches; only official images are known to be none.
function inLibrary(path: string): string {
  return depthOf(path) === 1 && isOfficialImage(path) ? `library/${path}` : path;
}

function unqualified(text: string, host: string, origin: Location['origin']): Diagnostic {
  const message = `"${text}" matches no pull: without a dot or port "${host}" is a path on Docker Hub, not a registry`;
  const library = text === host ? 'library/' : '';
  const hint = `write the full host name, or "docker.io/${library}${text}" if Docker Hub is meant`;
  return diagnose('warning', 'docker-io-short-source', message, origin, { hint });
}
