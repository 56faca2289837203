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
  const full = fullName(text);
  if (full === text) return [];
  const why = full === undefined ? 'without a dot or port it is no registry' : `nodes know these images as "${full}"`;
  const message = `"${text}" matches no pull: ${why}`;
  const hint =
    full === undefined ? `write the full host name; "${text}" is a path on Docker Hub to nodes` : `write "${full}"`;
  const fix = full === undefined ? {} : writeInstead(origin, full);
  return [diagnose('warning', 'docker-io-short-source', message, origin, { hint, ...fix })];
}

/** The name by which nodes look, the text itself where it is that, undefined for a lone word that may be any host. */
function fullName(text: string): string | undefined {
  const { host, path } = splitLocation(text);
  if (isDockerHub(host)) return ['docker.io', ...(path === '' ? [] : [inLibrary(path)])].join('/');
  if (isRegistry(host)) return text;
  return path === '' && !isOfficialImage(host) ? undefined : `docker.io/${inLibrary(text)}`;
}

// A single word may also be a namespace, which matches; only official images are known to be none.
function inLibrary(path: string): string {
  return depthOf(path) === 1 && isOfficialImage(path) ? `library/${path}` : path;
}
