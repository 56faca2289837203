/** Source prefix to replacement prefix: the operator's `--registry-overrides`. */
export type RegistryOverrides = ReadonlyMap<string, string>;

/**
 * Rewrites the longest override that matches an image, else returns the image. An override matches the whole text, or up
 * to a `/` or `@`, or up to a `:` when it has a path (without one the `:` starts a port). HyperShift `registryoverride`.
 */
export function replaceRegistry(image: string, overrides: RegistryOverrides): string {
  let longest = '';
  for (const source of overrides.keys()) {
    if (source.length > longest.length && matchesOverride(image, source)) longest = source;
  }
  return longest === '' ? image : `${overrides.get(longest)}${image.slice(longest.length)}`;
}

function matchesOverride(image: string, source: string): boolean {
  if (!image.startsWith(source)) return false;
  const next = image[source.length];
  return next === undefined || next === '/' || next === '@' || (next === ':' && source.includes('/'));
}

/** What a release payload names, by component: images as the payload has them. */
export type ComponentImages = Readonly<Record<string, string>>;

/** The component images of a payload behind the overrides, sorted as given. The input is left alone. */
export function overrideComponentImages(images: ComponentImages, overrides: RegistryOverrides): ComponentImages {
  return Object.fromEntries(Object.entries(images).map(([name, image]) => [name, replaceRegistry(image, overrides)]));
}
