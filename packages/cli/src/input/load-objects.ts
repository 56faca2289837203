import { decodeSource, type LocatedObject, loadManifests, type Source, validateObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { faultsOfStored, misnamedObjects } from '@pullpath/pull-config';
import { readFiles } from './read-files.ts';

/** What a set of paths holds, and everything wrong with it by itself. */
export interface LoadedInput {
  readonly objects: readonly LocatedObject[];
  readonly diagnostics: readonly Diagnostic[];
  /** Texts by file name, for messages that show the line. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads, parses and validates. Throws `CodedError` for a path that cannot be read. */
export function loadObjects(paths: readonly string[]): LoadedInput {
  const { sources, diagnostics } = readSources(paths);
  const none = sources.length + diagnostics.length === 0 ? paths.map(noManifests) : [];
  const loaded = loadManifests(sources);
  return {
    objects: loaded.objects,
    diagnostics: [
      ...none,
      ...diagnostics,
      ...loaded.diagnostics,
      ...loaded.objects.flatMap((object) => validateObject(object)),
    ],
    texts: new Map(sources.map(({ file, text }) => [file, text])),
  };
}

/**
 * The same for what asks "what would nodes do": faults that a cluster tolerates in what it stores are warnings, and what is
 * passed over because of its kind is told.
 */
export function loadStored(paths: readonly string[]): LoadedInput {
  const input = loadObjects(paths);
  return { ...input, diagnostics: [...faultsOfStored(input.diagnostics), ...misnamedObjects(input.objects)] };
}

/** The texts of some paths; what is no text is a diagnostic. Throws `CodedError` for a path that cannot be read. */
export function readSources(paths: readonly string[]): { sources: Source[]; diagnostics: Diagnostic[] } {
  const sources: Source[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { file, bytes } of readFiles(paths)) {
    const decoded = decodeSource(file, bytes);
    if ('text' in decoded) sources.push({ file, text: decoded.text });
    else diagnostics.push(decoded);
  }
  return { sources, diagnostics };
}

// kubectl refuses such a directory; here it is most likely a mistyped path, and no reason to call the rest unusable.
function noManifests(path: string): Diagnostic {
  const start = { offset: 0, line: 1, column: 1 };
  return {
    code: 'manifests-missing',
    severity: 'warning',
    message: `${path} holds no manifest: no file there ends in .yaml, .yml or .json`,
    at: { file: path, start, end: start },
    hint: 'hidden files and folders are left out too',
  };
}
