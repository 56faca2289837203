import type { Diagnostic } from '@pullpath/diagnostics';
import { parseReference } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import { type Location, locations } from '../locations.ts';
import type { LintRule } from '../rule.ts';

/** A source, mirror or registry scope with a tag or digest. Nodes match repository names only (node-config 3.2). */
export const tagOrDigestInScope: LintRule = {
  code: 'tag-or-digest-in-scope',
  severity: 'error',
  why: 'Rules are about repositories. An entry with a tag or digest is refused by current API servers; where an older one accepted it, no pull ever matches it in registries.conf.',
  replaces: ['field-invalid', 'source-format', 'mirror-format'],
  check: (context) => locations(context).flatMap(pinned),
};

function pinned({ text, role, origin }: Location): Diagnostic[] {
  const parsed = parseReference(text);
  if (!parsed.ok || parsed.value.domain === '') return [];
  const { name, tag, digest } = parsed.value;
  if (tag === undefined && digest === undefined) return [];
  const part = digest === undefined ? 'tag' : 'digest';
  const message = `"${text}" has a ${part}, ${consequences[role]}`;
  const isRule = role === 'source' || role === 'mirror';
  const hint = `${isRule ? '' : 'API servers refuse it since 2026; '}"${name}" covers every tag and digest of the repository`;
  const more = { expected: role === 'mirror' ? place : `${place}, or *.domain`, hint };
  return [diagnose('error', 'tag-or-digest-in-scope', message, origin, more)];
}

const consequences: Readonly<Record<Location['role'], string>> = {
  source: 'but a source is a repository: nothing at all is rendered',
  mirror: 'but a mirror is a repository: nothing at all is rendered',
  insecureRegistries: 'so no pull matches it and the registry is not treated as insecure',
  blockedRegistries: 'so it blocks no pull in registries.conf, and in policy.json that one image alone',
  allowedRegistries: 'so exactly that image is allowed and no other of its repository',
};

const place = 'host[:port][/path]';
