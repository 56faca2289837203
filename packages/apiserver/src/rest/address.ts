/** Where an object lives. */
export interface Address {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
}

export function collectionOf(
  of: { group: string; resource: string; alias?: { group: string; resource: string } | undefined },
  cluster: string,
): string {
  const { group, resource } = of.alias ?? of;
  return `${cluster}/${group}/${resource}`;
}

export function keyOf({ namespace, name }: { namespace: string; name: string }): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}
