import { decodeImageOverrides, encodeImageOverrides, encodeRegistryOverrides } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

export const overridesEncoding: Area = {
  encodeRegistryOverrides: (input: Record<string, string> | null) => encodeRegistryOverrides(mapOf(input)),
  encodeImgOverrides: (input: Record<string, string[]> | null) => encodeImageOverrides(mapOf(input)),
  decodeImgOverrides: (input: string) => {
    const overrides = decodeImageOverrides(input);
    return overrides ? Object.fromEntries(overrides) : null;
  },
};

/** JSON objects are maps of the functions under test. */
export function mapOf<T>(record: Readonly<Record<string, T>> | null | undefined): Map<string, T> {
  return new Map(Object.entries(record ?? {}));
}
