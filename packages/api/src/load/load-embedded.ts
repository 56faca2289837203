import { isScalar } from 'yaml';
import { capDiagnostics } from './cap-diagnostics.ts';
import { embeddedText } from './embedded-text.ts';
import { defaultLimits } from './limits.ts';
import type { Loaded, LoadOptions } from './load-manifests.ts';
import { formatPath, type LocatedObject, type Path, valueAt } from './located.ts';
import { objectsOfText } from './objects-of-text.ts';
import { checkText } from './source.ts';
import { fileText, type TextPlace } from './text-place.ts';
import { findNode, yamlSourceOf } from './yaml/source-map.ts';

/**
 * The objects of YAML or JSON inside a string of another object, e.g. `data["itms.yaml"]` of a ConfigMap. Places point
 * into the outer file, whatever the style of the string, also for strings inside embedded objects; for an object of a
 * live API there are none. A value that is no string has no objects and no diagnostics: that is its schema's matter.
 */
export function loadEmbedded(located: LocatedObject, path: Path, options?: LoadOptions): Loaded {
  if (options) return parse(located, path, options);
  const known = parsed.get(located) ?? new Map<string, Loaded>();
  parsed.set(located, known);
  const key = formatPath(path);
  const loaded = known.get(key) ?? parse(located, path, {});
  known.set(key, loaded);
  return loaded;
}

// One ConfigMap serves every NodePool of every cluster that names it, and objects never change in place.
const parsed = new WeakMap<LocatedObject, Map<string, Loaded>>();

function parse(located: LocatedObject, path: Path, options: LoadOptions): Loaded {
  const limits = { ...defaultLimits, ...options.limits };
  const text = valueAt(located.object, path);
  if (typeof text !== 'string') return { objects: [], diagnostics: [] };
  const place = placeOfString(located, path, text);
  const refused = checkText(place.file, text, limits);
  if (refused !== undefined) return { objects: [], diagnostics: [{ ...refused, at: place.span(0, 0) }] };
  const loaded = objectsOfText(place, limits);
  const isLive = located.source === undefined;
  return {
    objects: loaded.objects.map(({ document, object, source }) => ({
      object,
      ...(isLive ? {} : { source }),
      embedded: { in: located, path, document },
    })),
    diagnostics: capDiagnostics(loaded.diagnostics, limits.maxDiagnostics).map((diagnostic) =>
      isLive ? { ...diagnostic, at: undefined, path: formatPath(path) } : diagnostic,
    ),
  };
}

function placeOfString(located: LocatedObject, path: Path, text: string): TextPlace {
  const source = yamlSourceOf(located.source);
  const node = source === undefined ? undefined : findNode(source, path)?.node;
  if (source === undefined || !isScalar(node)) return fileText('', text);
  return embeddedText(source.place, node, text);
}
