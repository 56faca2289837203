import type { MirrorType } from '../../model/image-mirror.ts';
import { badRequest } from '../refusal.ts';

/** What a request says of a mirror; what is absent or null is undefined. */
export interface MirrorInput {
  readonly type: MirrorType | undefined;
  readonly source: string | undefined;
  readonly mirrors: readonly string[] | undefined;
}

// Limits of the fields in HostedCluster (hypershift v1beta1).
const longest = 255;
const mostMirrors = 255;

/**
 * Reads a body. As upstream, mirrors and sources may be any words of up to 255 characters: what a node makes of them is for
 * lint and plan to say. Throws a 400.
 */
export function readMirrorInput(body: Readonly<Record<string, unknown>>, tagMirrors: boolean): MirrorInput {
  return {
    type: readType(body['type'], tagMirrors),
    source: body['source'] === undefined || body['source'] === null ? undefined : readSource(body['source']),
    mirrors: body['mirrors'] === undefined || body['mirrors'] === null ? undefined : readMirrors(body['mirrors']),
  };
}

function readType(value: unknown, tagMirrors: boolean): MirrorType | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (value === 'digest' || (tagMirrors && value === 'tag')) return value;
  throw badRequest(tagMirrors ? "type must be 'digest' or 'tag' if specified" : "type must be 'digest' if specified");
}

function readSource(value: unknown): string {
  if (value === '') throw missing('source');
  return readWord(value, 'source');
}

/** The refusal of a request without a mandatory attribute. */
export function missing(name: string): Error {
  return badRequest(`Attribute '${name}' is mandatory`);
}

function readMirrors(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw badRequest("Attribute 'mirrors' must be a list of texts");
  if (value.length === 0) throw badRequest("Attribute 'mirrors' must contain at least one mirror");
  if (value.length > mostMirrors) throw badRequest(`Attribute 'mirrors' must contain at most ${mostMirrors} mirrors`);
  const mirrors = value.map((item) => readWord(item, 'mirrors'));
  const repeated = mirrors.find((mirror, at) => mirrors.indexOf(mirror) !== at);
  if (repeated !== undefined) throw badRequest(`Attribute 'mirrors' must not contain '${repeated}' twice`);
  return mirrors;
}

function readWord(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '')
    throw badRequest(`Attribute '${name}' must be of texts that are not empty`);
  if (value.length > longest) throw badRequest(`Attribute '${name}' must be of at most ${longest} characters`);
  if (Array.from(value).some(isBlankOrControl)) throw badRequest(`Attribute '${name}' must not contain blanks`);
  return value;
}

function isBlankOrControl(char: string): boolean {
  return char.trim() === '' || char < ' ' || char === '\u007f';
}
