/** Differences wherever they stand: keys of docs/api-differences.md, and the places that they speak of. */
export const allowances: readonly { readonly key: string; readonly place: RegExp }[] = [
  { key: 'descriptions', place: /columnDefinitions\[\d+\]\.description: / },
];

/** True where a line of a comparison is explained for every request. */
export function isAllowed(difference: string): boolean {
  return allowances.some(({ place }) => place.test(difference));
}
