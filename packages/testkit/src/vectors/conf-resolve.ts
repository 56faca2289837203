import { formatReference, type ImageReference, matchPrefix, parseNormalizedNamed, withDefaultTag } from '@pullpath/oci';
import {
  type Attempt,
  findRegistry,
  loadRegistriesConf,
  planReference,
  prefixOf,
  prepareResolver,
  pullSources,
  type Resolver,
  rewriteReference,
} from '@pullpath/pull-config';
import {
  confFiles,
  entryOf,
  firstError,
  onlyTrue,
  type RecordedConf,
  type RecordedRegistry,
  recordedConf,
  recordedMirror,
  recordedRegistry,
} from './conf-shapes.ts';
import type { Area } from './run-vectors.ts';

/** node-config `conf-resolve`: containers/image `sysregistriesv2` at pull time. */
export const confResolve: Area = {
  matchPrefix: ({ ref, prefix }: { ref: string; prefix: string }) => ({ length: matchPrefix(ref, prefix) }),
  findRegistry: ({ ref, registries }: { ref: string; registries: RecordedRegistry[] }) => {
    const found = findRegistry(resolverOf(registries), ref);
    return { registry: found ? recordedRegistry(found) : null };
  },
  rewriteReference: ({ ref, prefix, location }: { ref: string; prefix: string; location: string }) => {
    const rewritten = rewriteReference(named(ref), prefix, location);
    return rewritten.ok ? { ref: formatReference(rewritten.value) } : { error: { code: rewritten.code } };
  },
  pullSources: ({ ref, registry }: { ref: string; registry: RecordedRegistry }) => {
    const sources = pullSources(entryOf(registry), named(ref));
    if (!sources.ok) return { error: { code: sources.code } };
    return {
      sources: sources.value.map(({ reference, mirror, insecure }) => ({
        ref: formatReference(reference),
        endpoint: mirror ? recordedMirror(mirror) : { location: registry.location, ...onlyTrue({ insecure }) },
      })),
    };
  },
  resolvePull: ({ refs, ...input }: RecordedConf & { refs?: string[] }) => {
    const { value, diagnostics } = loadRegistriesConf(...confFiles(input));
    if (!value) return firstError(diagnostics);
    const resolver = prepareResolver(value);
    return { merged: recordedConf(value), results: refs?.map((ref) => resolved(resolver, ref)) };
  },
};

function resolved(resolver: Resolver, ref: string) {
  const { normalized, matchedScope, attempts, error } = planReference(resolver, withDefaultTag(named(ref)));
  const matchedPrefix = matchedScope ?? null;
  if (error) return { ref, normalized, matchedPrefix, error: { code: error.code } };
  const used = attempts.filter(({ outcome }) => outcome !== 'skipped');
  return { ref, normalized, matchedPrefix, sources: used.map((attempt) => recordedAttempt(attempt, matchedPrefix)) };
}

// `insecure` is recorded only where an entry matched.
function recordedAttempt({ reference, mirror, insecure, blockedBy }: Attempt, matchedPrefix: string | null) {
  return {
    ref: reference,
    mirror,
    ...(matchedPrefix === null ? {} : { insecure }),
    ...(blockedBy ? { blockedBy: prefixOf(blockedBy) } : {}),
  };
}

function resolverOf(registries: readonly RecordedRegistry[]): Resolver {
  return prepareResolver({
    registries: registries.map(entryOf),
    shortNameMode: 'permissive',
    additionalLayerStoreAuthHelper: '',
    credentialHelpers: [],
    aliases: {},
  });
}

function named(text: string): ImageReference {
  const parsed = parseNormalizedNamed(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.value;
}
