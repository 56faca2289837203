import { type KubeObject, type LocatedObject, loadManifests, type Source, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';

/** An image that runs somewhere, and how often it was given. */
export interface ImageUse {
  readonly image: string;
  /** Of the pods that use it; absent for plain lists. A namespace may have an image policy of its own. */
  readonly namespace?: string | undefined;
  readonly count: number;
}

export interface ImageList {
  /** Each image once per namespace, in the order in which they are first seen. */
  readonly images: readonly ImageUse[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a list of running images: one reference per line with `#` comments, or Pods as YAML or JSON (a Pod, a PodList, a
 * List, several documents). Every line and every container, init and ephemeral ones and image volumes included, counts
 * once; `count` of equal ones adds up, so the counts sum up to all that was given. References are not checked here.
 */
export function parseImageList(source: Source): ImageList {
  if (!looksLikeObjects(source.text)) return { images: counted(lineImages(source.text)), diagnostics: [] };
  const { objects, diagnostics } = loadManifests([source]);
  const pods = objects.filter(({ object }) => object.kind === 'Pod');
  const others = objects.filter(({ object }) => object.kind !== 'Pod');
  return {
    images: counted(pods.flatMap(({ object }) => podImages(object))),
    diagnostics: [...diagnostics, ...others.map(notAPod)],
  };
}

type Use = Omit<ImageUse, 'count'>;

function counted(uses: readonly Use[]): ImageUse[] {
  const counts = new Map<string, ImageUse>();
  for (const use of uses) {
    const key = `${use.namespace ?? ''}\n${use.image}`;
    counts.set(key, { ...use, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

// A reference has no brace, no blank and no colon before the end of a line; YAML and JSON start with one of them.
function looksLikeObjects(text: string): boolean {
  const first = contentLines(text)[0] ?? '';
  const key = first.indexOf(':');
  return '{['.includes(first[0] ?? ' ') || first === '---' || (key > 0 && ' '.includes(first[key + 1] ?? ' '));
}

function lineImages(text: string): Use[] {
  return contentLines(text).map((image) => ({ image }));
}

function contentLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => withoutComment(line).trim())
    .filter((line) => line !== '');
}

// `#` starts a comment at the start of a line or after a blank.
function withoutComment(line: string): string {
  for (let at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
    if (at === 0 || ' \t\ufeff'.includes(line[at - 1] ?? '')) return line.slice(0, at);
  }
  return line;
}

/** The images of a pod, one per container. */
export function podImages(pod: KubeObject): Use[] {
  const listIn = (field: string): readonly unknown[] => listOf(valueAt(pod, ['spec', field]));
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap(listIn);
  const images = [
    ...containers.map((container) => valueAt(container, ['image'])),
    ...listIn('volumes').map((volume) => valueAt(volume, ['image', 'reference'])),
  ];
  const namespace = pod.metadata.namespace ?? 'default';
  return images.filter((image) => typeof image === 'string').map((image) => ({ image, namespace }));
}

function notAPod({ object, source }: LocatedObject): Diagnostic {
  return {
    code: 'image-list-kind',
    severity: 'warning',
    message: `${object.kind} is no Pod, its images are not looked at`,
    at: source?.span(['kind']),
    hint: 'kubectl get pods --all-namespaces -o json gives a list',
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
