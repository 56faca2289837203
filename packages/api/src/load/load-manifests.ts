import type { Diagnostic } from '@pullpath/diagnostics';
import { capDiagnostics } from './cap-diagnostics.ts';
import { defaultLimits, type LoadLimits } from './limits.ts';
import type { LocatedObject } from './located.ts';
import { objectsOfText } from './objects-of-text.ts';
import { checkText, type Source } from './source.ts';
import { fileText } from './text-place.ts';

export interface LoadOptions {
  readonly limits?: Partial<LoadLimits> | undefined;
}

export interface Loaded {
  /** In the order of the sources and of the documents in them; Lists are opened. */
  readonly objects: readonly LocatedObject[];
  /** Everything that is wrong, at its place, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads YAML or JSON texts, any number of documents each, as `kubectl apply -f` would. A document with a syntax error
 * yields no object; the other documents of the file still do. Never throws for an input, whatever it is.
 */
export function loadManifests(sources: readonly Source[], options: LoadOptions = {}): Loaded {
  const limits = { ...defaultLimits, ...options.limits };
  const loaded = sources.map((source) => loadSource(source, limits));
  return {
    objects: loaded.flatMap(({ objects }) => objects),
    diagnostics: loaded.flatMap(({ diagnostics }) => diagnostics),
  };
}

function loadSource({ file, text }: Source, limits: LoadLimits): Loaded {
  const refused = checkText(file, text, limits);
  if (refused !== undefined) return { objects: [], diagnostics: [refused] };
  const { objects, diagnostics } = objectsOfText(fileText(file, text), limits);
  return { objects, diagnostics: capDiagnostics(diagnostics, limits.maxDiagnostics) };
}
